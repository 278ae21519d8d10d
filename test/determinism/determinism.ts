import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOnDisk, capturesHere, foldersIn, isLarge, type LaidOut, layOut } from './captures.ts'
import { type Case, caseWords, type Host, HOSTS } from './case.ts'
import { type Hosts, openHosts } from './hosts.ts'
import { coveringPlan, isSmall, pairwisePlan, wholePlan } from './plan.ts'
import { type CaptureOutcome, proveCapture } from './prove-capture.ts'

const USAGE = `usage: npm run determinism [-- [OPTION…] [DIR…]]
Reads every capture in DIR (the bundled ones and ../shared/corpus when none is given) by 1, 2, 3 and 8 shards, in chunks of
1 KiB to 16 MiB, plain and packed, in Node, Chromium and Firefox, and compares digests of all that was read and answered.
Of captures of more than 16 MiB on disk the first 16 MiB of each file's text are read, as a capture of their own.
  --covering   few combinations of each capture, in which every value comes up
  --large      reads captures of more than 16 MiB on disk whole: ${pairwisePlan().length + 1} combinations,
               in which any two values come up together
  --node       in Node alone
  --minutes N  begins no capture later than that, and names those that are left
`

/** Bytes of text of each file of a large capture that are read where it is not read whole. */
const HEAD_OF_LARGE_BYTES = 16 << 20

/** A browser that is ending may still write: what is removed is tried again. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10 }

/** What was asked for. */
interface Options {
  readonly isCovering: boolean
  readonly withLarge: boolean
  readonly withBrowsers: boolean
  readonly endMs: number
  readonly folders: readonly string[]
}

/** Undefined when it was asked wrongly. */
function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        covering: { type: 'boolean', default: false },
        large: { type: 'boolean', default: false },
        node: { type: 'boolean', default: false },
        minutes: { type: 'string', default: 'Infinity' },
      },
    })
    const minutes = Number(values.minutes)
    if (!(minutes > 0)) return undefined
    const endMs = performance.now() + minutes * 60_000
    const folders = positionals.length === 0 ? capturesHere() : positionals.flatMap(foldersIn)
    return { isCovering: values.covering, withLarge: values.large, withBrowsers: !values.node, endMs, folders }
  } catch {
    return undefined
  }
}

/** The exit code: 0 when all readings are equal, 1 when some differ or failed, 2 when it was asked wrongly. */
async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  if (options === undefined) process.stderr.write(USAGE)
  if (options === undefined) return 2
  const into = mkdtempSync(join(tmpdir(), 'pinscope-determinism-'))
  const startedAt = performance.now()
  const hosts = await openHosts(join(into, 'hosts'), options.withBrowsers)
  // Who is stopped leaves no browser behind, nor gigabytes of files: browsers are told to end before this.
  process.once('exit', () => rmSync(into, REMOVAL))
  process.once('SIGTERM', () => process.exit(143))
  process.once('SIGINT', () => process.exit(130))
  try {
    process.stdout.write(`${hosts.names.join(', ')}\n${HEAD}\n`)
    const { outcomes, left } = await proveAll(options, join(into, 'capture'), hosts)
    process.stdout.write(`${summary(outcomes, (performance.now() - startedAt) / 1000)}\n`)
    if (left.length > 0) process.stdout.write(`left, time is up: ${left.join(' ')}\n`)
    return outcomes.some(({ differences, failures }) => differences.length + failures.length > 0) ? 1 : 0
  } finally {
    await hosts.close()
  }
}

async function proveAll(
  options: Options,
  into: string,
  hosts: Hosts,
): Promise<{ readonly outcomes: readonly CaptureOutcome[]; readonly left: readonly string[] }> {
  const { isCovering, withLarge, endMs, folders } = options
  const outcomes: CaptureOutcome[] = []
  // Of what takes hours as much as possible is done when it is stopped: that begins with the smallest.
  const left = isCovering ? [...folders] : folders.toSorted((one, other) => bytesOnDisk(one) - bytesOnDisk(other))
  const turns = { small: 0, others: 0 }
  let laid = 0
  let laying: Promise<unknown> = Promise.resolve()
  // One behind the other: whose turn it is goes by the order of the captures, and not by how long each takes.
  const layOutNext = async (): Promise<
    { readonly laidOut: LaidOut; readonly plan: readonly Case[]; readonly isLong: boolean } | undefined
  > => {
    const folder = performance.now() < endMs ? left.shift() : undefined
    if (folder === undefined) return undefined
    const isWhole = withLarge || !isLarge(folder)
    const laidOut = await layOut(folder, join(into, String(laid++)), isWhole ? undefined : HEAD_OF_LARGE_BYTES)
    if (isLarge(folder) && isWhole) return { laidOut, plan: pairwisePlan(), isLong: true }
    const nth = turns[isSmall(laidOut.largestBytes) ? 'small' : 'others']++
    const plan = isCovering ? coveringPlan(nth, laidOut.largestBytes) : wholePlan()
    return { laidOut, plan, isLong: false }
  }
  const proveOneByOne = async (): Promise<void> => {
    for (;;) {
      const mine = laying.then(layOutNext)
      laying = mine
      const next = await mine
      if (next === undefined) return
      const { laidOut, plan, isLong } = next
      const outcome = await proveCapture(laidOut, plan, hosts, isLong ? tellRead(laidOut.name) : undefined)
      outcomes.push(outcome)
      process.stdout.write(`${rowOf(outcome)}\n`)
      const { differences, failures, unshared } = outcome
      for (const told of [...differences, ...failures, ...unshared]) process.stdout.write(`${told}\n`)
      for (const folder of Object.values(laidOut.folders)) rmSync(folder, REMOVAL)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, proveOneByOne))
  return { outcomes, left }
}

/** Of a capture whose readings take minutes each it is told when they end. */
function tellRead(name: string): (one: Case) => void {
  const startedAt = performance.now()
  return (one) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    const what = one.isBrief ? '' : ', and asked'
    process.stdout.write(`  ${name}: ${caseWords(one)}: read${what} by ${seconds} s\n`)
  }
}

/** A host that is done with its part of one capture goes on with the next, up to so many ahead of the slowest. */
const AT_ONCE = 4

const HEAD = `${'capture'.padEnd(24)} ${'MB'.padStart(6)} ${'events'.padStart(8)} readings  parts  digest`

function rowOf({
  name,
  textBytes,
  events,
  readings,
  partsRead,
  digest,
  differences,
  failures,
}: CaptureOutcome): string {
  const columns = [
    name.padEnd(24),
    (textBytes / 1e6).toFixed(1).padStart(6),
    String(events).padStart(8),
    String(readings).padStart(8),
    String(sharedOut([partsRead])).padStart(6),
    ` ${digest.slice(0, 12)}`,
  ]
  const differ = differences.length === 0 ? '' : `  ${differences.length} DIFFER`
  return `${columns.join(' ')}${differ}${failures.length === 0 ? '' : `  ${failures.length} FAILED`}`
}

function summary(outcomes: readonly CaptureOutcome[], seconds: number): string {
  const total = (of: (outcome: CaptureOutcome) => number): number => outcomes.reduce((sum, one) => sum + of(one), 0)
  return (
    `${outcomes.length} captures, ${total(({ readings }) => readings)} readings, ` +
    `${partsByHost(outcomes)} read by threads, ` +
    `${total(({ unshared }) => unshared.length)} readings by several threads with none, ` +
    `${total(({ compared }) => compared)} digests compared, ` +
    `${total(({ failures }) => failures.length)} readings failed, ` +
    `${total(({ differences }) => differences.length)} readings differ, ${seconds.toFixed(0)} s`
  )
}

/** `1200 parts (node 400, chromium 400, firefox 400)`. */
function partsByHost(outcomes: readonly CaptureOutcome[]): string {
  const all = outcomes.map(({ partsRead }) => partsRead)
  const byHost = HOSTS.map((host) => `${host} ${sharedOut(all, [host])}`)
  return `${sharedOut(all)} parts (${byHost.join(', ')})`
}

function sharedOut(all: readonly CaptureOutcome['partsRead'][], hosts: readonly Host[] = HOSTS): number {
  return all.reduce((sum, parts) => sum + hosts.reduce((ofOne, host) => ofOne + (parts[host] ?? 0), 0), 0)
}

process.exitCode = await main(process.argv.slice(2))
