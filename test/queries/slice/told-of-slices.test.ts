import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCapture, sliceOf } from '../../support/slice-of.ts'

const FIXTURES = new URL('../../fixtures/captures/', import.meta.url)

function filesOf(folder: URL): readonly File[] {
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json')
    .map((name) => new File([readFileSync(new URL(name, folder))], name))
}

test.each(['leaky-driver-61', 'buffer-heads'])(
  'a slice of %s tells from where to where the whole trace reaches, and reaches as far',
  async (name) => {
    const whole = await readCapture(filesOf(new URL(`${name}/`, FIXTURES)))
    const made = await sliceOf(whole, { kind: 'range', failure: whole.derived.findings[0].range.id })
    expect(made.slice.told[0]).toMatch(/^the trace: \d+\.\d+ to \d+\.\d+$/)
    expect(made.here[0]).toBe(made.slice.told[0])
  },
)
