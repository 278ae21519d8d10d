import { createHash } from 'node:crypto'
import { type LaidOut } from './captures.ts'
import { type Case, caseWords, type Host, partBytesOf, type Reading } from './case.ts'
import { differingPart, firstDifference } from './difference.ts'
import { type HostDigest } from './host-digest.ts'
import { type Hosts } from './hosts.ts'
import { REFERENCE } from './plan.ts'

/** What became of the readings of one capture. */
export interface CaptureOutcome {
  readonly name: string
  readonly textBytes: number
  readonly events: number
  readonly readings: number
  /** Parts that threads read, over all readings, by the host that read. */
  readonly partsRead: Readonly<Partial<Record<Host, number>>>
  /** For a person: readings by several shards, none of whose threads read any part. */
  readonly unshared: readonly string[]
  /** Digests of parts of what was read that were compared. */
  readonly compared: number
  /** Over all parts of the reference; empty where it could not be read. */
  readonly digest: string
  /** For a person: which reading, which part, which line. */
  readonly differences: readonly string[]
  /** For a person: which readings came to nothing, and why. */
  readonly failures: readonly string[]
}

/**
 * Reads a capture in all ways of a plan, the hosts side by side, and compares each with the reference once that is read.
 * `onRead` is told each reading that has come to something.
 */
export async function proveCapture(
  laidOut: LaidOut,
  plan: readonly Case[],
  hosts: Hosts,
  onRead: (one: Case) => void = () => undefined,
): Promise<CaptureOutcome> {
  const isAllBrief = plan.every(({ isBrief }) => isBrief)
  const readOne = async (one: Case): Promise<HostDigest | undefined> => {
    const digest = await digestOne(laidOut, one, hosts)
    if (digest !== undefined) onRead(one)
    return digest
  }
  const all: readonly Case[] = [{ ...REFERENCE, isBrief: isAllBrief }, ...plan]
  // All of them together: a reading that fails while another one is waited for must have somebody who hears of it.
  const [first, ...outcomes] = await Promise.allSettled(all.map(readOne))
  if (first.status === 'rejected') return withoutReference(laidOut, all, [first, ...outcomes])
  const reference = first.value
  if (reference === undefined) throw new Error('there is always Node')
  const read: HostDigest[] = [reference]
  const partsRead: Partial<Record<Host, number>> = { [REFERENCE.host]: reference.partsRead }
  const unshared: string[] = []
  const differences: string[] = []
  const failures: string[] = []
  for (const [at, outcome] of outcomes.entries()) {
    const one = plan[at]
    const words = wordsOf(laidOut, one)
    failures.push(...failureOf(laidOut, one, outcome))
    const digest = outcome.status === 'rejected' ? undefined : outcome.value
    if (digest === undefined) continue
    read.push(digest)
    partsRead[one.host] = (partsRead[one.host] ?? 0) + digest.partsRead
    if (one.shards > 1 && digest.partsRead === 0) unshared.push(`${words}: no thread read a part`)
    const part = differingPart(one.isBrief ? briefly(reference, digest) : reference, digest)
    if (part !== undefined) differences.push(`${words}: ${part} differs${await explain(laidOut, one, part, hosts)}`)
  }
  return {
    name: laidOut.name,
    textBytes: laidOut.textBytes,
    events: reference.events,
    readings: read.length,
    partsRead,
    unshared,
    compared: read.slice(1).reduce((sum, { parts }) => sum + parts.length, 0),
    digest: createHash('sha256').update(JSON.stringify(reference.parts)).digest('hex'),
    differences,
    failures,
  }
}

/** What there is to say when the reference itself came to nothing: nothing was compared. */
function withoutReference(
  laidOut: LaidOut,
  all: readonly Case[],
  outcomes: readonly PromiseSettledResult<HostDigest | undefined>[],
): CaptureOutcome {
  const read = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? (outcome.value ?? []) : []))
  return {
    name: laidOut.name,
    textBytes: laidOut.textBytes,
    events: 0,
    readings: read.length,
    partsRead: {},
    unshared: [],
    compared: 0,
    digest: '',
    differences: [],
    failures: outcomes.flatMap((outcome, at) => failureOf(laidOut, all[at], outcome)),
  }
}

function failureOf(laidOut: LaidOut, one: Case, outcome: PromiseSettledResult<unknown>): readonly string[] {
  return outcome.status === 'rejected' ? [`${wordsOf(laidOut, one)}: ${String(outcome.reason)}`] : []
}

function wordsOf(laidOut: LaidOut, one: Case): string {
  return `  ${laidOut.name}: ${caseWords(one)}`
}

/** The reference without the answers that a brief reading has not. */
function briefly(reference: HostDigest, { parts }: HostDigest): HostDigest {
  return { ...reference, parts: reference.parts.slice(0, parts.length) }
}

async function digestOne(
  { folders, sharedBytes }: LaidOut,
  one: Case,
  hosts: Hosts,
  toldPart?: string,
): Promise<HostDigest | undefined> {
  const { shards, chunkBytes, packing, isBrief } = one
  const told = toldPart === undefined ? {} : { toldPart }
  const reading: Reading = { shards, chunkBytes, partBytes: partBytesOf(one, sharedBytes), isBrief, ...told }
  return hosts.digest[one.host]?.(folders[packing], reading)
}

/** Where a part differs. That it does is told also of a part that is too large to be told in full. */
async function explain(laidOut: LaidOut, one: Case, part: string, hosts: Hosts): Promise<string> {
  try {
    const right = await digestOne(laidOut, REFERENCE, hosts, part)
    const wrong = await digestOne(laidOut, one, hosts, part)
    return ` at ${firstDifference(right?.told ?? [], wrong?.told ?? [])}`
  } catch (error) {
    return `, where is not known: ${String(error)}`
  }
}
