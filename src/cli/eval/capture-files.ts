import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { damageText, type TextDamage } from './damage-text.ts'
import { seededRandom } from './seeded-random.ts'

/** Damage done to the trace files of a capture before they are read. */
export interface CaptureDamage {
  readonly text: TextDamage
  readonly seed: number
}

const TRACE_FILE = /^(?:trace|perf)\S*\.txt(?:\.gz)?$/
/** The same events in a file that is not damaged here. */
const BINARY_TRACE = /\.(?:dat|data)(?:\.gz)?$/
const NOT_A_TRACE = /^trace_(?:options|stats)/

/** What somebody would hand to the command of a capture: every file and folder in it but its truth. */
export function captureFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json')
    .map((name) => join(folder, name))
}

/**
 * The same of a damaged capture: traces are written into the empty folder `into` as they would be had some of them been
 * lost, all else is linked there, so that files are named as before.
 */
export function damagedFiles(folder: string, damage: CaptureDamage, into: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json' && !BINARY_TRACE.test(name))
    .map((name) => {
      const isTrace = TRACE_FILE.test(name) && !NOT_A_TRACE.test(name)
      const path = join(into, isTrace ? name.replace(/\.gz$/, '') : name)
      if (isTrace) writeFileSync(path, damagedText(join(folder, name), damage))
      else symlinkSync(resolve(folder, name), path)
      return path
    })
}

function damagedText(path: string, { text, seed }: CaptureDamage): string {
  const bytes = readFileSync(path)
  const whole = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return damageText(whole, text, seededRandom(seed))
}
