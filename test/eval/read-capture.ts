import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { nodeInflate, nodeSource } from '../../src/cli/node-source.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type Source, sourceOfBlob } from '../../src/formats/source.ts'
import { type Trace } from '../../src/model/trace.ts'
import { damageText, type TextDamage } from '../support/damage-text.ts'
import { seededRandom } from '../support/seeded-random.ts'

/** Damage done to the trace files of a capture before they are read. */
export interface CaptureDamage {
  readonly text: TextDamage
  readonly seed: number
}

const TRACE_FILE = /^(?:trace|perf)\S*\.txt(?:\.gz)?$/
/** The same events in a file that is not damaged here. */
const BINARY_TRACE = /\.(?:dat|data)(?:\.gz)?$/
const NOT_A_TRACE = /^trace_(?:options|stats)/

/** Reads every file of a folder but its truth as one capture. */
export async function readCapture(folder: string, damage?: CaptureDamage): Promise<Trace> {
  const names = readdirSync(folder).filter(
    (name) => name !== 'truth.json' && (damage === undefined || !BINARY_TRACE.test(name)),
  )
  const sources = await Promise.all(names.map((name) => sourceOf(folder, name, damage)))
  const outcome = await readTrace(sources, { inflate: nodeInflate })
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

async function sourceOf(folder: string, name: string, damage: CaptureDamage | undefined): Promise<Source> {
  const path = join(folder, name)
  if (damage === undefined || !TRACE_FILE.test(name) || NOT_A_TRACE.test(name)) return nodeSource(path)
  const bytes = readFileSync(path)
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return sourceOfBlob(new File([damageText(text, damage.text, seededRandom(damage.seed))], name.replace(/\.gz$/, '')))
}
