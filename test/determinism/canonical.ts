import { TRACE_KINDS } from '../../src/snapshot/trace-kinds.ts'

/** Something to be compared byte by byte: text, and the arrays of numbers that stand in it, by where they stand. */
export interface Canonical {
  readonly text: string
  readonly arrays: readonly { readonly path: string; readonly values: ArrayBufferView }[]
}

/**
 * Plain data, its tables included, as text with the arrays beside it. Nothing is rounded, sorted or left out: not the order of
 * keys, nor -0, nor what is undefined.
 */
export function canonicalOf(value: unknown): Canonical {
  const arrays: { path: string; values: ArrayBufferView }[] = []
  const tree = (one: unknown, path: string): unknown => {
    if (typeof one === 'number') return Number.isFinite(one) && !Object.is(one, -0) ? one : `number ${numberText(one)}`
    if (one === undefined) return { $: 'undefined' }
    if (typeof one === 'bigint' || typeof one === 'function') throw new TypeError(`${path}: a ${typeof one}`)
    if (typeof one !== 'object' || one === null) return one
    if (ArrayBuffer.isView(one)) {
      arrays.push({ path, values: one })
      return { $: one.constructor.name, bytes: one.byteLength }
    }
    if (Array.isArray(one)) return one.map((item, at) => tree(item, `${path}[${at}]`))
    if (one instanceof Map) return { $: 'Map', rows: [...one].map((row, at) => tree(row, `${path}[${at}]`)) }
    if (one instanceof Set) return { $: 'Set', rows: [...one].map((row, at) => tree(row, `${path}[${at}]`)) }
    const kind = TRACE_KINDS.find((candidate) => candidate.is(one))
    if (kind !== undefined) return { $: kind.name, of: tree(kind.take(one), path) }
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, tree(item, `${path}.${name}`)]))
  }
  const text = JSON.stringify(tree(value, ''))
  return { text, arrays }
}

/** SHA-256 of all of it, as hex digits. */
export async function digestOf({ text, arrays }: Canonical): Promise<string> {
  const lines = [text]
  for (const { path, values } of arrays)
    lines.push(`${path} ${await sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))}`)
  return sha256(new TextEncoder().encode(lines.join('\n')))
}

/** Lines for a person: the text with one fact on each, then a line for each number of the arrays. */
export function* linesOf(
  { text, arrays }: Canonical,
  noteOf: (path: string, row: number) => string,
): Generator<string> {
  yield* JSON.stringify(JSON.parse(text), undefined, 1).split('\n')
  for (const { path, values } of arrays) {
    const numbers = values instanceof DataView ? [] : (values as Uint8Array) // all views but DataView are indexed alike
    for (let row = 0; row < numbers.length; row++) yield `${path}[${row}] = ${numbers[row]}${noteOf(path, row)}`
  }
}

async function sha256(bytes: Uint8Array): Promise<string> {
  // A view of shared memory would be refused; there is none here.
  const sum = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
