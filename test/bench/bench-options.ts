import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** What a command line of the bench asks for. */
export interface BenchOptions {
  readonly isBrowser: boolean
  /** Names of rows; all when absent. */
  readonly rows?: readonly string[]
  /** Bytes of the large generated trace. Other inputs grow and shrink with it: 1e9 makes them as the targets say. */
  readonly size: number
  readonly runs: number
  readonly seed: number
  /** Where generated files are kept. */
  readonly inputs?: string
  readonly isKept: boolean
  /** Where results are written; the usual place when absent. */
  readonly json?: string
  /** Real captures, plain or gzip. */
  readonly bigTrace?: string
  readonly bigOwner?: string
  /** The `page_owner_sort` to compare with (tools/mm of the kernel). */
  readonly pageOwnerSort: string
  /** Sizes in bytes to show growth with; none when it is not asked for. */
  readonly growth: readonly number[]
  /** Prints the table of the last runs instead of running. */
  readonly isMarkdown: boolean
}

const CORPUS = new URL('../../../shared/corpus/big/', import.meta.url)

export const BENCH_HELP = `npm run bench [-- OPTIONS]           in Node
npm run bench:browser [-- OPTIONS]   in Chromium, on the built page

  --rows NAME,…           these rows only
  --size MB               the large generated trace, 1000; other inputs grow and shrink with it
  --runs N                values are medians of so many, 5
  --seed N                of generated inputs, 1
  --big-trace PATH        a real trace, plain or gzip (../shared/corpus/big/trace-big.txt.gz where it is there)
  --big-owner PATH        a real page_owner dump (../shared/corpus/big/page_owner-big.txt.gz where it is there)
  --page-owner-sort PATH  from tools/mm of the kernel source; page_owner_sort on the PATH when not given
  --growth                the row growth too, with sizes of --growth-sizes
  --growth-sizes GB,…     0.1,0.3,1,3; 10 too on a disk that has twice as much free
  --inputs DIR            where generated inputs are kept for the next run
  --keep                  keeps them without a name for their folder
  --json FILE             where results go, besides node_modules/.cache/bench
  --markdown              prints the table of the last results of both, and runs nothing
`

/** Reads a command line, without node and script. Throws what is wrong with it, in words. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      rows: { type: 'string' },
      size: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      inputs: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'string' },
      'big-trace': { type: 'string', default: usual('trace-big.txt.gz') },
      'big-owner': { type: 'string', default: usual('page_owner-big.txt.gz') },
      'page-owner-sort': { type: 'string', default: 'page_owner_sort' },
      growth: { type: 'boolean', default: false },
      'growth-sizes': { type: 'string', default: '0.1,0.3,1,3' },
      markdown: { type: 'boolean', default: false },
    },
  })
  return {
    isBrowser: values.browser,
    rows: values.rows?.split(','),
    size: positive(values.size, '--size') * 1e6,
    runs: positive(values.runs, '--runs'),
    seed: positive(values.seed, '--seed'),
    inputs: values.inputs,
    isKept: values.keep,
    json: values.json,
    bigTrace: given(values['big-trace'], '--big-trace'),
    bigOwner: given(values['big-owner'], '--big-owner'),
    pageOwnerSort: values['page-owner-sort'],
    growth: values.growth
      ? values['growth-sizes'].split(',').map((text) => positive(text, '--growth-sizes') * 1e9)
      : [],
    isMarkdown: values.markdown,
  }
}

/** `count` as it would be of a trace of 1 GB; at least `least`. */
export function scaled(options: Pick<BenchOptions, 'size'>, count: number, least = 1): number {
  return Math.max(least, Math.round((count * options.size) / 1e9))
}

function usual(name: string): string {
  const path = fileURLToPath(new URL(name, CORPUS))
  return existsSync(path) ? path : ''
}

/** The empty name stands for none: `--big-trace ''` leaves the usual one out. */
function given(path: string, option: string): string | undefined {
  if (path === '') return undefined
  if (!existsSync(path)) throw new Error(`${option}: no such file: ${path}`)
  return path
}

function positive(text: string, option: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new Error(`${option} needs a number above 0, not ${text}`)
}
