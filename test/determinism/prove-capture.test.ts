import { expect, test } from 'vitest'
import { type LaidOut } from './captures.ts'
import { type Case, type Reading } from './case.ts'
import { type HostDigest } from './host-digest.ts'
import { type Hosts } from './hosts.ts'
import { type CaptureOutcome, proveCapture } from './prove-capture.ts'

const CAPTURE: LaidOut = {
  name: 'mine',
  folders: { plain: 'plain', gz: 'gz' },
  textBytes: 1e6,
  largestBytes: 1e6,
  sharedBytes: { plain: 1e6, gz: 1e5 },
}
const IN_CHROMIUM: Case = { host: 'chromium', shards: 2, chunkBytes: 1 << 16, packing: 'gz', isBrief: false }
const IN_FIREFOX: Case = { host: 'firefox', shards: 1, chunkBytes: 1 << 10, packing: 'plain', isBrief: true }

const EQUAL: HostDigest = {
  parts: [
    { name: 'model.events', sha256: 'aa' },
    { name: 'answer.triage', sha256: 'bb' },
  ],
  told: [],
  partsRead: 4,
  events: 7,
}
const BRIEF: HostDigest = { ...EQUAL, parts: EQUAL.parts.slice(0, 1), partsRead: 0 }

type Digest = (folder: string, reading: Reading) => Promise<HostDigest>

const inNode: Digest = async (_folder, { toldPart }) => ({
  ...EQUAL,
  told: toldPart === undefined ? [] : ['same', 'ours'],
})

/** Two readings beside that in Node, whose parts are told in full as these lines where that is asked. */
async function proved(
  chromium: Digest,
  firefox: Digest = async () => BRIEF,
  node: Digest = inNode,
): Promise<CaptureOutcome> {
  const hosts: Hosts = { names: [], digest: { node, chromium, firefox }, close: async () => undefined }
  return proveCapture(CAPTURE, [IN_CHROMIUM, IN_FIREFOX], hosts)
}

function changed(told: readonly string[]): HostDigest {
  return { ...EQUAL, parts: EQUAL.parts.map((part, at) => (at === 1 ? { ...part, sha256: 'cc' } : part)), told }
}

test('equal readings are counted, with what they compared', async () => {
  const { readings, compared, events, partsRead, unshared, differences, failures } = await proved(async () => EQUAL)
  expect({ readings, compared, events }).toEqual({ readings: 3, compared: 3, events: 7 })
  expect(partsRead).toEqual({ node: 4, chromium: 4, firefox: 0 })
  expect([...unshared, ...differences, ...failures]).toEqual([])
})

test('a reading that differs is told with the part and its first line that do', async () => {
  const { differences, failures } = await proved(async () => changed(['same', 'theirs']))
  expect(failures).toEqual([])
  expect(differences).toHaveLength(1)
  expect(differences[0]).toContain('mine: chromium, 2 shards, chunks of 64 KiB, gz: answer.triage differs at line 2')
})

test('a part that is too large to be told differs all the same', async () => {
  const { differences } = await proved(async (_folder, { toldPart }) => {
    if (toldPart !== undefined) throw new RangeError('Invalid string length')
    return changed([])
  })
  expect(differences).toEqual([
    '  mine: chromium, 2 shards, chunks of 64 KiB, gz: answer.triage differs, where is not known: RangeError: Invalid string length',
  ])
})

test('a reading that fails is told, and the others are compared', async () => {
  const died: Digest = async () => {
    throw new Error('firefox ended')
  }
  const { readings, differences, failures } = await proved(async () => changed([]), died)
  expect(readings).toBe(2)
  expect(differences).toHaveLength(1)
  expect(failures).toEqual(['  mine: firefox, 1 shard, chunks of 1 KiB, plain: Error: firefox ended'])
})

test('a reference that fails while the others are read is told, with whatever else failed, and nothing is compared', async () => {
  const unheard: unknown[] = []
  const onUnheard = (reason: unknown): void => void unheard.push(reason)
  process.on('unhandledRejection', onUnheard)
  try {
    const later = async (): Promise<HostDigest> => {
      await new Promise((settle) => setTimeout(settle, 20)) // Node tells of what nobody heard when a turn is over
      return EQUAL
    }
    const { readings, compared, digest, differences, failures } = await proved(
      later,
      async () => {
        throw new Error('firefox ended')
      },
      async () => {
        throw new Error('no memory')
      },
    )
    expect(unheard).toEqual([])
    expect({ readings, compared, digest, differences }).toEqual({
      readings: 1,
      compared: 0,
      digest: '',
      differences: [],
    })
    expect(failures).toEqual([
      expect.stringMatching(/^ {2}mine: node, .*: Error: no memory$/),
      '  mine: firefox, 1 shard, chunks of 1 KiB, plain: Error: firefox ended',
    ])
  } finally {
    process.off('unhandledRejection', onUnheard)
  }
})

test('a reading by several threads none of which read a part is told', async () => {
  const { unshared } = await proved(async () => ({ ...EQUAL, partsRead: 0 }))
  expect(unshared).toEqual(['  mine: chromium, 2 shards, chunks of 64 KiB, gz: no thread read a part'])
})
