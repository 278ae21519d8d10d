// The thread that tries inputs. It dies where the engine runs out of memory, and is ended where the engine does not end.
import { parentPort, workerData } from 'node:worker_threads'
import { baseAt, type Bases, basesOf } from '../bases.ts'
import { type FuzzCase, packCase, sizeOf, type TargetName, unpackCase } from '../fuzz-case.ts'
import { minimise } from '../minimise.ts'
import { mutateCase } from '../mutate/mutate-case.ts'
import { randomOf } from '../random.ts'
import { faultOf } from '../checks/broken.ts'
import { unpackedBytes } from '../checks/unpacked-bytes.ts'
import { checkScaled } from '../scaled/check-scaled.ts'
import { scaledCases } from '../scaled/scaled-cases.ts'
import { Coverage } from './coverage.ts'
import { runCase } from './run-case.ts'
import { type Figures, HEAD_BYTES, NOW_BYTES, type ThreadMessage, type ThreadTask } from './thread-messages.ts'

const task = workerData as ThreadTask // whoever starts this thread gives it one
const coverage = new Coverage()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window, but the thread that started this one
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)
const SLOW = new Set<TargetName>(['bridge', 'filter'])
const MOST_KEPT = 6000
const TOLD_EVERY_MS = 2000

void tryAll()

async function tryAll(): Promise<void> {
  const starts = startsOf()
  const bases = [...starts.found, ...starts.others]
  const kept: FuzzCase[] = []
  const found = new Set<string>()
  const figures = {
    tried: 0,
    found: starts.found.length,
    foundTried: 0,
    scaled: 0,
    keptInputs: 0,
    blocks: 0,
    bases: bases.length,
    mostGrownBytes: 0,
    mostStepsPerByte: 0,
  }
  let toldAt = 0
  if (task.scale > 0) await tryScaled(task.scale)
  const least = task.least === 0 ? 0 : Math.max(task.least, starts.found.length)
  for (let nth = task.first; nth < task.inputs && (nth < least || Date.now() < task.endsAt); nth++) {
    const given = baseAt(nth, starts) ?? mutated(nth, bases, kept)
    await tryOne(given, nth)
  }
  tell({ kind: 'done', figures: figuresNow() })

  async function tryOne(given: FuzzCase, nth: number): Promise<void> {
    show(given, nth)
    const { fault, steps, grownBytes } = await runCase(given, coverage)
    figures.tried++
    if (nth < starts.found.length) figures.foundTried++
    figures.mostGrownBytes = Math.max(figures.mostGrownBytes, grownBytes)
    const size = Math.max(sizeOf(given), unpackedBytes(given))
    figures.mostStepsPerByte = Math.max(figures.mostStepsPerByte, steps / (size + 1000))
    if (coverage.isNew() && kept.length < MOST_KEPT && baseAt(nth, starts) === undefined) keep(given)
    if (fault !== undefined && !found.has(fault.signature)) {
      found.add(fault.signature)
      const small = await minimise(given, async (smaller) => {
        show(smaller, nth)
        return (await runCase(smaller, coverage)).fault?.signature === fault.signature
      })
      tell({ kind: 'found', fault, packed: packCase(small), nth })
    }
    if (Date.now() - toldAt < TOLD_EVERY_MS) return
    toldAt = Date.now()
    tell({ kind: 'progress', figures: figuresNow() })
  }

  async function tryScaled(scale: number): Promise<void> {
    for (const scaled of scaledCases(task.kinds)) {
      if (task.least === 0 && Date.now() >= task.endsAt) return
      show({ target: 'load', files: scaled.make(scaled.size) }, task.first)
      try {
        tell({ kind: 'scaled', told: await checkScaled(scaled, scale, coverage) })
      } catch (error) {
        const packed = packCase({ target: 'load', files: scaled.make(scaled.size) })
        tell({ kind: 'found', fault: { ...faultOf(error), signature: `linear: ${scaled.name}` }, packed, nth: 0 })
      }
      figures.scaled++
    }
  }

  function keep(given: FuzzCase): void {
    kept.push(given)
    tell({ kind: 'kept', packed: packCase(given) })
  }

  function figuresNow(): Figures {
    return { ...figures, keptInputs: kept.length, blocks: coverage.reached }
  }
}

/** What is doubled alone needs no inputs. */
function startsOf(): Bases {
  if (task.inputs === 0) return { found: [], others: [] }
  const { found, others } = basesOf(task.folders, task.targets)
  return { found, others: [...others, ...task.kept.map(unpackCase)] }
}

/** What reached something new is changed further more often than what there was at first. */
function mutated(nth: number, bases: readonly FuzzCase[], kept: readonly FuzzCase[]): FuzzCase {
  const random = randomOf(task.seed, nth)
  const pick = (): FuzzCase => random.pick(kept.length > 0 && random.chance(0.6) ? kept : bases)
  const first = pick()
  // Inputs over the bridge cost ten times the others, and find less.
  const base = SLOW.has(first.target) && random.chance(0.7) ? pick() : first
  return mutateCase(base, pick(), random)
}

/** Leaves the input where it is found when this thread dies of it. */
function show(given: FuzzCase, nth: number): void {
  const packed = packCase(given)
  const head = new Uint32Array(task.now, 0, 3)
  if (packed.length > NOW_BYTES) return
  new Uint8Array(task.now, HEAD_BYTES).set(packed)
  head[1] = packed.length
  Atomics.store(head, 0, nth)
  Atomics.add(head, 2, 1)
}
