import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capturesHere, foldersIn, layOut } from './captures.ts'
import { type Host, HOSTS } from './case.ts'
import { type Hosts, openHosts } from './hosts.ts'
import { coveringPlan, wholePlan } from './plan.ts'
import { type CaptureOutcome, proveCapture } from './prove-capture.ts'

const USAGE = `usage: npm run determinism [-- [--covering] [DIR…]]
Reads every capture in DIR (the bundled ones and ../shared/corpus when none is given) by 1, 2, 3 and 8 shards, in chunks of
1 KiB to 16 MiB, plain and packed, in Node, Chromium and Firefox, and compares digests of all that was read and answered.
  --covering  few combinations of each capture, in which every value comes up
  --node      in Node alone
`

/** The exit code: 0 when all readings are equal, 1 when some differ, 2 when it was asked wrongly. */
async function main(args: readonly string[]): Promise<number> {
  const options = new Set(args.filter((arg) => arg.startsWith('-')))
  const isWrong = [...options].some((option) => option !== '--covering' && option !== '--node')
  if (isWrong) process.stderr.write(USAGE)
  if (isWrong) return 2
  const given = args.filter((arg) => !arg.startsWith('-'))
  const folders = given.length === 0 ? capturesHere() : given.flatMap(foldersIn)
  const into = mkdtempSync(join(tmpdir(), 'pinscope-determinism-'))
  const startedAt = performance.now()
  const hosts = await openHosts(join(into, 'page'), !options.has('--node'))
  // Who is stopped leaves no browser behind.
  process.once('SIGTERM', () => process.exit(143))
  process.once('SIGINT', () => process.exit(130))
  try {
    process.stdout.write(`${hosts.names.join(', ')}\n${HEAD}\n`)
    const outcomes = await proveAll(folders, join(into, 'capture'), options.has('--covering'), hosts)
    process.stdout.write(`${summary(outcomes, (performance.now() - startedAt) / 1000)}\n`)
    return outcomes.some(({ differences }) => differences.length > 0) ? 1 : 0
  } finally {
    await hosts.close()
    rmSync(into, { recursive: true, force: true })
  }
}

async function proveAll(
  folders: readonly string[],
  into: string,
  isCovering: boolean,
  hosts: Hosts,
): Promise<readonly CaptureOutcome[]> {
  const outcomes: CaptureOutcome[] = []
  const left = [...folders]
  let laid = 0
  const proveOneByOne = async (): Promise<void> => {
    for (let folder = left.shift(); folder !== undefined; folder = left.shift()) {
      const own = join(into, String(laid))
      const laidOut = layOut(folder, own)
      if (laidOut === undefined) {
        process.stdout.write(`${folder}: left out, it is too large to be read many times\n`)
        continue
      }
      const plan = isCovering ? coveringPlan(laid, laidOut.largestBytes) : wholePlan()
      laid++
      const outcome = await proveCapture(laidOut, plan, hosts)
      outcomes.push(outcome)
      process.stdout.write(`${rowOf(outcome)}\n`)
      for (const told of [...outcome.differences, ...outcome.unshared]) process.stdout.write(`${told}\n`)
      rmSync(own, { recursive: true, force: true })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, proveOneByOne))
  return outcomes
}

/** A host that is done with its part of one capture goes on with the next, up to so many ahead of the slowest. */
const AT_ONCE = 4

const HEAD = `${'capture'.padEnd(24)} ${'MB'.padStart(6)} ${'events'.padStart(8)} readings  parts  digest`

function rowOf({ name, textBytes, events, readings, partsRead, digest, differences }: CaptureOutcome): string {
  const columns = [
    name.padEnd(24),
    (textBytes / 1e6).toFixed(1).padStart(6),
    String(events).padStart(8),
    String(readings).padStart(8),
    String(sharedOut([partsRead])).padStart(6),
    ` ${digest.slice(0, 12)}`,
  ]
  return `${columns.join(' ')}${differences.length === 0 ? '' : `  ${differences.length} DIFFER`}`
}

function summary(outcomes: readonly CaptureOutcome[], seconds: number): string {
  const total = (of: (outcome: CaptureOutcome) => number): number => outcomes.reduce((sum, one) => sum + of(one), 0)
  const wrong = total(({ differences }) => differences.length)
  return (
    `${outcomes.length} captures, ${total(({ readings }) => readings)} readings, ` +
    `${partsByHost(outcomes)} read by threads, ` +
    `${total(({ unshared }) => unshared.length)} readings by several threads with none, ` +
    `${total(({ compared }) => compared)} digests compared, ${wrong} readings differ, ${seconds.toFixed(0)} s`
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
