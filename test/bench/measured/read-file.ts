// One reading in a process of its own: cold, with a peak of memory that is its own. Asked in JSON, answered in JSON.
import { createReadStream } from 'node:fs'
import { createNodePool, hashedBeside } from '../../../src/cli/node-pool.ts'
import { createNodeSha256, nodeInflate, nodeSource } from '../../../src/cli/node-source.ts'
import { findingsFor } from '../../../src/derive/attribution/findings.ts'
import { chooseRules } from '../../../src/derive/attribution/rule-set.ts'
import { buildLifetimes } from '../../../src/derive/counts/lifetimes.ts'
import { type Derived } from '../../../src/derive/derived.ts'
import { DEFAULT_THRESHOLD_NS } from '../../../src/derive/derive.ts'
import { findFailedRanges } from '../../../src/derive/failures/failed-ranges.ts'
import { buildHolds } from '../../../src/derive/holds/holds.ts'
import { stackTotalsOf } from '../../../src/derive/stack-totals.ts'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { HASH_WHOLE_BYTES } from '../../../src/model/source-file.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { findPinners, type PinnersQuestion } from '../../../src/queries/pinners.ts'
import { type ReadAnswer, type ReadQuestion } from './read-question.ts'

const EVERY_HOLD: PinnersQuestion = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  sort: 'total',
  isDescending: true,
  offset: 0,
  limit: 200,
}

const asked: ReadQuestion = JSON.parse(process.argv[2])
process.stdout.write(`${JSON.stringify(await readFile(asked))}\n`)

async function readFile(question: ReadQuestion): Promise<ReadAnswer> {
  if (question.only === 'inflate') return inflateOnly(question.path)
  const startedAt = performance.now()
  const trace = await read(question)
  const readAt = performance.now()
  const totals = trace.owners.length > 0 ? stackTotalsOf(trace) : []
  const groupedAt = performance.now()
  const { ledger, textBytes } = trace.files[0]
  const answer = {
    readMs: readAt - startedAt,
    groupMs: groupedAt - readAt,
    textBytes,
    lines: ledger.total,
    rejected: ledger.rejected,
    events: trace.events.length,
    records: trace.owners.length,
    groups: totals.reduce((sum, file) => sum + file.length, 0),
    bytesPerEvent: trace.events.length === 0 ? 0 : trace.sizeBytes / trace.events.length,
    readPeakBytes: process.resourceUsage().maxRSS * 1024,
  }
  return question.only === 'read' ? answer : { ...answer, judged: judge(trace, question.only === 'pinners') }
}

async function read({ path, threads }: ReadQuestion): Promise<Trace> {
  const shards = threads === 'all' ? createNodePool() : undefined
  const source = hashedBeside(await nodeSource(path))
  // As the command and the page do, which hash a large file behind the answer.
  const hashing = { createSha256: createNodeSha256, mostHashedBytes: HASH_WHOLE_BYTES }
  const options = { inflate: nodeInflate, ...hashing, ...(shards === undefined ? {} : { shards }) }
  const outcome = await readTrace([source], options).finally(() => shards?.end())
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

/** `derive()` step by step, to tell how long attribution takes of it. */
function judge(trace: Trace, hasPinners: boolean): NonNullable<ReadAnswer['judged']> {
  const startedAt = performance.now()
  const rules = chooseRules({})
  const lifetimes = buildLifetimes(trace)
  const holds = buildHolds(trace, lifetimes, rules)
  const heldAt = performance.now()
  const ranges = findFailedRanges(trace)
  const findings = findingsFor(trace, { lifetimes, holds, ranges, rules }, DEFAULT_THRESHOLD_NS)
  const judgedAt = performance.now()
  const derived: Derived = { lifetimes, holds, ranges, findings, rules, thresholdNs: DEFAULT_THRESHOLD_NS }
  return {
    holdsMs: heldAt - startedAt,
    attributionMs: judgedAt - heldAt,
    holds: holds.length,
    failures: ranges.length,
    blockingPages: findings.reduce((sum, { pages }) => sum + pages.length, 0),
    ...(hasPinners ? { pinners: askPinners(trace, derived) } : {}),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
}

/** Once to open the screen, then what a person does on it. */
function askPinners(trace: Trace, derived: Derived): NonNullable<NonNullable<ReadAnswer['judged']>['pinners']> {
  const ask = (changes: Partial<PinnersQuestion>): { readonly ms: number; readonly holds: number } => {
    const start = performance.now()
    const { sums } = findPinners(trace, derived, { ...EVERY_HOLD, ...changes })
    return { ms: performance.now() - start, holds: sums.holds }
  }
  const opened = ask({})
  return {
    holds: opened.holds,
    openMs: opened.ms,
    filterMs: ask({ filter: 'folio' }).ms,
    sortMs: ask({ sort: 'longest' }).ms,
    groupMs: ask({ grouping: 'task' }).ms,
  }
}

/** Node's zlib alone on the same file. */
async function inflateOnly(path: string): Promise<ReadAnswer> {
  const start = performance.now()
  let textBytes = 0
  for await (const part of nodeInflate(createReadStream(path, { highWaterMark: 1 << 20 }))) textBytes += part.length
  const readMs = performance.now() - start
  return {
    readMs,
    groupMs: 0,
    textBytes,
    lines: 0,
    rejected: 0,
    events: 0,
    records: 0,
    groups: 0,
    bytesPerEvent: 0,
    readPeakBytes: 0,
  }
}
