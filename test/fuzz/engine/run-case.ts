import { Broken, faultOf } from '../checks/broken.ts'
import { unpackedBytes } from '../checks/unpacked-bytes.ts'
import { type Fault, type FuzzCase, sizeOf } from '../fuzz-case.ts'
import { TARGETS } from '../targets/targets.ts'
import { type Coverage } from './coverage.ts'

/** More work than this is looked at: blocks that run, for each byte of the input and at all, */
const STEPS_PER_BYTE = 4000
const STEPS_AT_ALL = 20_000_000
/**
 * or for each byte of what is packed in it, which may be a thousand times as much. Most readings take 2 to 200, one took 513: twice
 * what most take is let pass, since a reader that does too much for each byte shows as thousands, and what small inputs take beyond it
 * is within the work at all.
 */
const STEPS_PER_UNPACKED_BYTE = 400
/** More memory than this, that was in use at once for one input: for each byte of it, and at all. */
const MEMORY_PER_BYTE = 4000
const MEMORY_AT_ALL = 700 << 20

/** What an input did. */
export interface Ran {
  readonly fault?: Fault
  readonly steps: number
  /** By how much the greatest memory of the process grew. */
  readonly grownBytes: number
}

/** Gives an input to the engine, and tells which promise it broke. */
export async function runCase(given: FuzzCase, coverage: Coverage): Promise<Ran> {
  const late: unknown[] = []
  const onLate = (error: unknown): void => void late.push(error)
  process.on('unhandledRejection', onLate).on('uncaughtException', onLate)
  coverage.begin()
  const before = mostMemory()
  try {
    await TARGETS[given.target](given)
    await new Promise((settle) => setImmediate(settle))
    const [error] = late
    if (error !== undefined) throw error
    const grownBytes = mostMemory() - before
    checkCost(given, coverage.steps(), grownBytes)
    return { steps: coverage.steps(), grownBytes }
  } catch (error) {
    return { fault: faultOf(error), steps: coverage.steps(), grownBytes: 0 }
  } finally {
    process.off('unhandledRejection', onLate).off('uncaughtException', onLate)
  }
}

/** Blocks that may run for an input: as many more as it is larger, or as what is packed in it is. */
export function mostSteps(given: FuzzCase): number {
  return STEPS_AT_ALL + Math.max(sizeOf(given) * STEPS_PER_BYTE, unpackedBytes(given) * STEPS_PER_UNPACKED_BYTE)
}

function checkCost(given: FuzzCase, steps: number, grownBytes: number): void {
  const size = sizeOf(given)
  if (steps > mostSteps(given))
    throw new Broken('work', `${steps} steps for ${size} bytes, in which ${unpackedBytes(given)} are packed`)
  if (grownBytes > MEMORY_AT_ALL + size * MEMORY_PER_BYTE)
    throw new Broken('memory', `${grownBytes} more bytes were held at once for ${size} bytes`)
}

function mostMemory(): number {
  return process.resourceUsage().maxRSS * 1024
}
