import { type BenchOptions, scaled } from '../bench-options.ts'
import { type BenchInput, type InputStore } from './input-store.ts'
import { writePageOwner } from './write-page-owner.ts'
import { writePerfScript } from './write-perf-script.ts'
import { writeFailedRange, writeReferences } from './write-references.ts'
import { writeTrace } from './write-trace.ts'

/** A row's input with what to call it. */
export interface NamedInput extends BenchInput {
  readonly about: string
}

type Given = { readonly options: BenchOptions; readonly inputs: InputStore }

/** ftrace text with stacks: generated. */
export function generatedTrace({ options: { size, seed }, inputs }: Given, bytes = size): NamedInput {
  const input = inputs.generated(`trace-${bytes}-${seed}.txt`, (path) => writeTrace(path, { bytes, seed }))
  return { ...input, about: `generated trace, ${sizeText(input.bytes)}` }
}

/** ftrace text with stacks: the real capture where there is one, and the generated one. */
export async function largeTraces(given: Given): Promise<readonly NamedInput[]> {
  return [...(await real(given, given.options.bigTrace, 'real trace')), generatedTrace(given)]
}

/** page_owner dump: generated. */
export function generatedOwner({ options: { size, seed }, inputs }: Given, bytes = size): NamedInput {
  const input = inputs.generated(`owner-${bytes}-${seed}.txt`, (path) => writePageOwner(path, { bytes, seed }))
  return { ...input, about: `generated dump, ${sizeText(input.bytes)}` }
}

/** page_owner dumps: the real one where there is one, else a generated one. */
export async function largeOwners(given: Given): Promise<readonly NamedInput[]> {
  const found = await real(given, given.options.bigOwner, 'real dump')
  return found.length > 0 ? found : [generatedOwner(given)]
}

/** Traces packed with gzip: as given where the real one is, and the generated one. */
export async function packedTraces(given: Given): Promise<readonly NamedInput[]> {
  const { bigTrace } = given.options
  const generated = generatedTrace(given)
  const packed = { ...(await given.inputs.packed(generated)), about: `${generated.about}, as .gz` }
  if (bigTrace?.endsWith('.gz') !== true) return [packed]
  const [{ bytes }] = await real(given, bigTrace, '')
  return [{ path: bigTrace, bytes: 0, about: `real trace, ${sizeText(bytes)}, as .gz` }, packed]
}

/** 20 M events at full size; stacks in every eighth stretch of the trace, around the failures. */
export function manyEvents({ options, inputs }: Given): NamedInput {
  const { seed } = options
  const events = scaled(options, 20e6)
  const input = inputs.generated(`events-${events}-${seed}.txt`, (path) =>
    writeTrace(path, { events, hasFewStacks: true, seed }),
  )
  return { ...input, about: `${events} events, ${sizeText(input.bytes)}` }
}

/** One page with 1 M events at full size. */
export function busyPage({ options, inputs }: Given): NamedInput {
  const { seed } = options
  const pairs = scaled(options, 500_000, 100)
  const input = inputs.generated(`busy-${pairs}-${seed}.txt`, (path) =>
    writeReferences(path, { pages: 1, pairs, seed }),
  )
  return { ...input, about: `one page with ${2 * pairs + 1} events` }
}

/** 1 M holds at full size. */
export function manyHolds({ options, inputs }: Given): NamedInput {
  const { seed } = options
  const pairs = scaled(options, 1e6, 100)
  const pages = scaled(options, 20_000, 10)
  const input = inputs.generated(`holds-${pairs}-${pages}-${seed}.txt`, (path) =>
    writeReferences(path, { pages, pairs, seed }),
  )
  return { ...input, about: `${pairs} pairs of a get and its put` }
}

/** A failed range of 512 MB (131072 pages of 4 KiB) at full size. */
export function failedRange({ options, inputs }: Given): NamedInput {
  const { seed } = options
  const pages = Math.min(131_072, scaled(options, 131_072, 64))
  const input = inputs.generated(`range-${pages}-${seed}.txt`, (path) => writeFailedRange(path, { pages, seed }))
  return { ...input, about: `one failed range of ${pages} pages` }
}

/** `perf script` text: a tenth of the trace, which is what speedscope can import. */
export function perfScript({ options: { size, seed }, inputs }: Given): NamedInput {
  const bytes = Math.round(size / 10)
  const input = inputs.generated(`perf-${bytes}-${seed}.txt`, (path) => writePerfScript(path, { bytes, seed }))
  return { ...input, about: `generated perf script, ${sizeText(input.bytes)}` }
}

/** `971 MB` */
export function sizeText(bytes: number): string {
  return bytes < 10e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e6).toFixed(0)} MB`
}

async function real({ inputs }: Given, path: string | undefined, name: string): Promise<readonly NamedInput[]> {
  if (path === undefined) return []
  const input = await inputs.unpacked(path)
  return [{ ...input, about: `${name}, ${sizeText(input.bytes)}` }]
}
