import { measurementLine } from './result-words.ts'
import { type BenchResults } from './results.ts'
import { type Bench, type BenchRow } from './row.ts'

/** Results that grow row by row. */
export type Measured = Pick<BenchResults, 'measurements' | 'failed'>

/** Rows by name; all without names. Throws for a name that is none. */
export function chooseRows<Row extends { readonly name: string }>(
  all: readonly Row[],
  names: readonly string[] | undefined,
): readonly Row[] {
  if (names === undefined) return all
  const unknown = names.find((name) => all.every((row) => row.name !== name))
  if (unknown !== undefined) throw new Error(`no row ${unknown}: there are ${all.map(({ name }) => name).join(', ')}`)
  return all.filter(({ name }) => names.includes(name))
}

/** Runs rows one after the other. One that fails is told, and the others go on. `onRow` gets all that there is so far. */
export async function runRows<Given extends Bench>(
  rows: readonly BenchRow<Given>[],
  bench: Given,
  onRow: (measured: Measured) => void,
): Promise<Measured> {
  let measured: Measured = { measurements: [], failed: [] }
  for (const row of rows) {
    const { measurements, failed } = measured
    try {
      const added = await row.run(bench)
      for (const one of added) bench.say(measurementLine(one))
      measured = { measurements: [...measurements, ...added], failed }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      bench.say(`${row.name.padEnd(12)} | FAILED: ${message}`)
      measured = { measurements, failed: [...failed, { row: row.name, message }] }
    }
    onRow(measured)
  }
  return measured
}
