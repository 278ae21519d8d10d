import { derive } from '../../../src/derive/derive.ts'
import { gatherReport } from '../../../src/report/report-facts.ts'
import { reportText } from '../../../src/report/report-text.ts'
import { Broken } from '../checks/broken.ts'
import { readOnce } from '../checks/read-once.ts'
import { type FuzzFile, sizeOf } from '../fuzz-case.ts'
import { type Coverage } from '../engine/coverage.ts'
import { type ScaledCase } from './scaled-cases.ts'

/** What comes with the second doubling may be so many times what came with the first: 2 is linear, 4 quadratic. */
const MOST_GROWTH = 3
/** Less work than this says nothing. */
const LEAST_STEPS = 100_000

/** The work of ever greater inputs of a kind, in blocks of the engine's code that ran; throws where it outgrows them. */
export async function checkScaled(
  { name, size, make }: ScaledCase,
  scale: number,
  coverage: Coverage,
): Promise<string> {
  const work: number[] = []
  const seconds: string[] = []
  const sizes = [1, 2, 4].map((times) => Math.round(size * scale) * times)
  const inputs = sizes.toReversed().map(make).toReversed()
  await readAndReport(inputs[0]) // what is made once, and not for each input
  for (const files of inputs) {
    const startedAt = Date.now()
    coverage.begin()
    await readAndReport(files)
    work.push(coverage.steps())
    seconds.push(((Date.now() - startedAt) / 1000).toFixed(1))
  }
  const growth = (work[2] - work[1]) / Math.max(work[1] - work[0], LEAST_STEPS)
  const bytes = inputs.map((files) => sizeOf({ target: 'load', files }))
  const told = `${name}: ${work.join(', ')} steps for ${sizes.join(', ')}: ${bytes.join(', ')} bytes, ${seconds.join(', ')} s`
  if (growth > MOST_GROWTH) throw new Broken('linear', told)
  return told
}

async function readAndReport(files: readonly FuzzFile[]): Promise<void> {
  const { outcome } = await readOnce(files, { pieceBytes: 1 << 16 })
  if (outcome.ok) reportText(gatherReport(outcome.value, derive(outcome.value)))
}
