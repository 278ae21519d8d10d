// npm run fuzz: see fuzz-options.ts for what it takes, README.md for how it works.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Figures } from './engine/thread-messages.ts'
import { type Fault, type FuzzCase } from './fuzz-case.ts'
import { FUZZ_HELP, type FuzzOptions, parseFuzzOptions } from './fuzz-options.ts'
import { runThread } from './run-thread.ts'
import { verdictOf } from './run-verdict.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const args = process.argv.slice(2)
if (args.includes('--help')) say(FUZZ_HELP)
else process.exitCode = await mainOf(args)

async function mainOf(words: readonly string[]): Promise<number> {
  try {
    return await main(parseFuzzOptions(words))
  } catch (error) {
    process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

async function main(options: FuzzOptions): Promise<number> {
  const startedAt = Date.now()
  // Not a literal, so that what this file is bundled by does not take in the bundler.
  const bundler = new URL('./engine/bundle-engine.mjs', import.meta.url).href
  const { bundleEngine } = (await import(bundler)) as typeof import('./engine/bundle-engine.mjs')
  const engine = await bundleEngine(String(process.pid))
  try {
    return await fuzz(options, engine.file, engine.blocks, startedAt)
  } finally {
    await engine.end()
  }
}

async function fuzz(options: FuzzOptions, script: string, blocks: number, startedAt: number): Promise<number> {
  const found = new Map<string, Fault>()
  const before: Figures[] = []
  let figures: Figures | undefined
  let toldAt = Date.now()
  const task = {
    seed: options.seed,
    inputs: options.inputs,
    endsAt: startedAt + options.minutes * 60_000,
    least: Math.min(options.least, options.inputs),
    targets: options.targets,
    scale: options.scale,
    kinds: options.kinds,
    folders: foldersOf(options),
    kept: keptIn(options.corpus),
  }
  const listener = {
    onFigures: (now: Figures) => {
      figures = now
      if (Date.now() - toldAt < 30_000) return
      toldAt = Date.now()
      say(progressLine([...before, now], blocks, startedAt, found.size))
    },
    onScaled: (told: string) => (options.isCi ? undefined : say(told)),
    onKept: (packed: Uint8Array) => keepIn(options.corpus, packed),
    onFound: (fault: Fault, given: FuzzCase, nth: number) => {
      if (found.has(fault.signature)) return
      found.set(fault.signature, fault)
      say(`found by input ${nth}: ${fault.check}: ${fault.message}\n  ${writeCase(options.out, fault, given)}`)
    },
  }
  for (let first = 0; ;) {
    const { hasDied, last } = await runThread(script, { ...task, first, scale: first === 0 ? task.scale : 0 }, listener)
    if (figures !== undefined) before.push(figures)
    figures = undefined // those of one thread count once
    if (!hasDied) break
    first = last + 1
  }
  say(progressLine(before, blocks, startedAt, found.size))
  const { lines, isTooLittle } = verdictOf(options, before)
  for (const line of lines) say(line)
  return found.size === 0 && !isTooLittle ? 0 : 1
}

function progressLine(all: readonly Figures[], blocks: number, startedAt: number, found: number): string {
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0)
  const most = (of: (figures: Figures) => number): number => Math.max(0, ...all.map(of))
  const seconds = (Date.now() - startedAt) / 1000
  const tried = sum((of) => of.tried)
  return [
    `${tried} inputs in ${seconds.toFixed(0)} s (${(tried / seconds).toFixed(1)}/s)`,
    `${most((of) => of.blocks)} of ${blocks} blocks reached`,
    `${sum((of) => of.keptInputs)} inputs kept beside ${most((of) => of.bases)} to begin with`,
    `most work ${most((of) => of.mostStepsPerByte).toFixed(0)} steps a byte`,
    `most memory ${(most((of) => of.mostGrownBytes) / (1 << 20)).toFixed(0)} MiB`,
    `${found} found`,
  ].join(', ')
}

/** A run of `npm test` is the same everywhere: it begins with what the repository has. */
function foldersOf({ isCi }: FuzzOptions): readonly string[] {
  const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
  const captures = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
  return isCi ? [fixtures] : [fixtures, captures]
}

function keptIn(corpus: string | undefined): readonly Uint8Array[] {
  if (corpus === undefined) return []
  mkdirSync(corpus, { recursive: true })
  return readdirSync(corpus)
    .toSorted()
    .map((name) => new Uint8Array(readFileSync(join(corpus, name))))
}

function keepIn(corpus: string | undefined, packed: Uint8Array): void {
  if (corpus !== undefined) writeFileSync(join(corpus, createHash('sha1').update(packed).digest('hex')), packed)
}

/** A folder of a found case: its files, and what it broke. */
function writeCase(out: string, { check, message, signature }: Fault, { target, files }: FuzzCase): string {
  const id = createHash('sha1').update(signature).digest('hex').slice(0, 8)
  const folder = join(out, `${target}--${check.replaceAll(/\W+/g, '-')}-${id}`)
  mkdirSync(folder, { recursive: true })
  for (const { name, bytes } of files) writeFileSync(join(folder, name.replaceAll(/[^\w.-]/g, '_')), bytes)
  writeFileSync(
    join(folder, '..', `${target}--${check.replaceAll(/\W+/g, '-')}-${id}.found`),
    `${signature}\n${message}\n`,
  )
  return folder
}
