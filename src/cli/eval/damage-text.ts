/** A line of ftrace text that begins an entry, with what the lines below it need. */
interface Entry {
  readonly lines: string[]
  readonly isRefEvent: boolean
  readonly isStack: boolean
  readonly pfn: number
  readonly cpu: string
  readonly time: number
}

const HEAD = /^\s*\S.*?-\d+\s.*?(?:\[(\d+)\]|\s(\d+)[.\w]{4,6})\s.*?(\d+(?:\.\d+)?)(?:us)?[+!#*@$]?\s*:\s/
const REF_EVENT = /(?:page|folio)_ref_\w+:/
const STACK = /<stack trace|kernel_stack:/

/** What part of a trace's events is lost, and how. All of it is decided by `random`. */
export interface TextDamage {
  /** Fraction of page_ref events that vanish with their stacks. */
  readonly dropEvents?: number
  /** Fraction of the stacks of page_ref events that vanish. */
  readonly dropStacks?: number
  /** Entries at this time or before, in the file's own unit, vanish. */
  readonly cutUntil?: number
  /** Page_ref events of all other PFNs vanish with their stacks. */
  readonly onlyPfns?: readonly number[]
  /** Stretches of the trace, each 1/50 of its entries, in which one CPU loses everything; the kernel's marker stays. */
  readonly lostStretches?: number
}

/**
 * Ftrace text as it would be had some of it been lost: whole entries vanish, header lines and lost-events markers stay.
 * A stack entry belongs to the last event of its CPU; frames right below an event are its own.
 */
export function damageText(text: string, damage: TextDamage, random: () => number): string {
  const { dropEvents = 0, dropStacks = 0, cutUntil = Number.NEGATIVE_INFINITY, onlyPfns, lostStretches = 0 } = damage
  const isStackGone = new Map<string, boolean>()
  const kept: string[] = []
  for (const entry of withLostStretches(entriesOf(text), lostStretches, random)) {
    const isUnwanted = onlyPfns !== undefined && !onlyPfns.includes(entry.pfn)
    const isEventGone = entry.isRefEvent && (isUnwanted || (dropEvents > 0 && random() < dropEvents))
    if (!entry.isStack) isStackGone.set(entry.cpu, isEventGone || (entry.isRefEvent && random() < dropStacks))
    const isWithoutStack = isStackGone.get(entry.cpu) === true
    if (isEventGone || entry.time <= cutUntil || (entry.isStack && isWithoutStack)) continue
    for (const line of isWithoutStack ? entry.lines.slice(0, 1) : entry.lines) kept.push(line)
  }
  return kept.join('\n')
}

/** Takes stretches of one CPU out and puts the kernel's marker in front of what that CPU did next. */
function withLostStretches(entries: readonly Entry[], stretches: number, random: () => number): readonly Entry[] {
  let kept = entries
  for (let done = 0; done < stretches; done++) {
    const timed = kept.filter((entry) => entry.cpu !== '')
    if (timed.length === 0) return kept
    const first = Math.floor(random() * timed.length)
    const { cpu, time } = timed[first]
    const end = timed[Math.min(timed.length - 1, first + Math.ceil(timed.length / 50))].time
    const isLost = (entry: Entry): boolean => entry.cpu === cpu && entry.time >= time && entry.time < end
    const lost = kept.filter((entry) => isLost(entry) && !entry.isStack).length
    const next = kept.findIndex((entry) => entry.cpu === cpu && entry.time >= end)
    if (next < 0 || lost === 0) continue
    const marker = { ...entryOf(`CPU:${Number(cpu)} [LOST ${lost} EVENTS]`), time: end }
    kept = kept.toSpliced(next, 0, marker).filter((entry) => !isLost(entry))
  }
  return kept
}

/** Entries in file order; a line that begins none belongs to the entry before it. */
function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = []
  for (const line of text.split('\n')) {
    const last = entries.at(-1)
    if (/^(?:\s?=> |\t)/.test(line)) last?.lines.push(line)
    else entries.push(entryOf(line))
  }
  return entries
}

function entryOf(line: string): Entry {
  const match = HEAD.exec(line)
  const [, bracketed, plain, time] = match ?? []
  return {
    lines: [line],
    isRefEvent: match !== null && REF_EVENT.test(line),
    isStack: match !== null && STACK.test(line),
    pfn: Number(/\bpfn=(?:0x)?([0-9a-f]+)/.exec(line)?.[1].replace(/^/, '0x') ?? Number.NaN),
    cpu: bracketed ?? plain ?? '',
    time: time === undefined ? Number.POSITIVE_INFINITY : Number(time),
  }
}
