/** Which file a person looked at when saying something: its name, its hash as sessions name it, and the kernel's release. */
export interface SaidOn {
  readonly file: string
  readonly hash: string
  /** Empty when the capture does not tell. */
  readonly release: string
}

/** One value that somebody gave a field. */
export interface Change {
  /** Replica and counter, `3f9a1c220b5e.17`: no two changes have the same one. */
  readonly id: string
  /** The author's name as set; empty when none is. */
  readonly by: string
  /** When, ms since 1970, by the author's clock: for people, never for merging. */
  readonly at: number
  readonly on?: SaidOn
  /** `null`: the value was taken away. */
  readonly value: string | null
}

/**
 * A field as a multi-value register: values that nobody has replaced, and ids of those that somebody has. Two people who
 * change the same field without knowing of each other leave two heads, which is a conflict for people to settle.
 *
 *     ann: suspect (a.1) ──┬── bob: noise     (b.1, replaces a.1) ──┐
 *                          └── ann: confirmed (a.2, replaces a.1) ──┴─▶ heads b.1, a.2; replaced a.1
 */
export interface Register {
  /** In the order of their times, then ids. */
  readonly heads: readonly Change[]
  /** Ids, ascending. */
  readonly replaced: readonly string[]
}

/** Nobody has said anything. */
export const EMPTY_REGISTER: Register = { heads: [], replaced: [] }

/**
 * Both registers as one. A union of two grow-only sets, so it is commutative, associative and idempotent whatever the
 * registers hold; a head is left out only where one of them says that it was replaced. Changes that share an id and differ
 * (a forged file) both stay.
 */
export function mergeRegisters(one: Register, other: Register): Register {
  if (one === other) return one
  const replaced = new Set([...one.replaced, ...other.replaced])
  const heads = new Map<string, Change>()
  for (const change of [...one.heads, ...other.heads]) {
    if (!replaced.has(change.id)) heads.set(changeText(change), change)
  }
  return { heads: sorted(heads), replaced: [...replaced].toSorted() }
}

/** The register after values took the place of some of its heads; heads of others stay beside them. */
export function replaceHeads(register: Register, ids: readonly string[], values: readonly Change[]): Register {
  return mergeRegisters(register, { heads: values, replaced: ids })
}

/** What a field says now. */
export interface FieldView {
  /** The one value that all heads agree on; absent where there is none, or several. */
  readonly value?: string
  /** Who gave that value last. */
  readonly change?: Change
  /** Heads that differ, the taking away of a value among them; empty where all agree. */
  readonly conflict: readonly Change[]
}

const NOTHING: FieldView = { conflict: [] }

/** What a register says. Heads of the same value are no conflict. */
export function viewRegister(register: Register | undefined): FieldView {
  const heads = register?.heads ?? []
  const last = heads.at(-1)
  if (last === undefined) return NOTHING
  const distinct = new Map(heads.map((head) => [head.value, head]))
  if (distinct.size > 1) return { conflict: [...distinct.values()] }
  return last.value === null ? NOTHING : { value: last.value, change: last, conflict: [] }
}

/** A change as text: equal for equal changes alone. */
export function changeText({ id, by, at, on, value }: Change): string {
  return JSON.stringify([id, by, at, on === undefined ? null : [on.file, on.hash, on.release], value])
}

function sorted(heads: ReadonlyMap<string, Change>): readonly Change[] {
  return [...heads]
    .toSorted(([oneText, one], [otherText, other]) => one.at - other.at || compareTexts(oneText, otherText))
    .map(([, change]) => change)
}

/** By code units, the same on every machine. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
