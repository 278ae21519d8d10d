import { describe, expect, test } from 'vitest'
import { type HoldAnswer } from '../../../src/queries/wire.ts'
import { holdBarOf, unitWords } from '../../../src/ui/timeline/hold-bar-of.ts'

const hold: HoldAnswer = {
  id: '1',
  pfn: 0x1f4b4,
  kind: 'closed',
  class: 'io',
  from: { ns: 1_575_185_000, text: '1.575185' },
  to: { ns: 2_412_050_000, text: '2.412050' },
  durationNs: 836_865_000,
  durationText: '836.865 ms',
  isAtLeast: false,
  units: 1,
  task: { comm: 'ts-mux', pid: 64 },
  holder: 'do_tee',
  stack: { hash: '', frames: [] },
}

describe('a hold as a bar', () => {
  test('says frame, task and how long', () => {
    expect(holdBarOf(hold)).toMatchObject({ label: 'do_tee  ts-mux-64', duration: '836.865 ms', fromNs: 1_575_185_000 })
    expect(holdBarOf(hold).sentence).toContain('Taken at 1.575185; dropped at 2.412050.')
  })

  test('whose get was not seen says so and invents none', () => {
    const bar = holdBarOf({ ...hold, kind: 'began_before', from: undefined, isAtLeast: true })
    expect(bar.fromNs).toBeUndefined()
    expect(bar.duration).toBe('at least 836.865 ms')
    expect(bar.sentence).toContain('No get for this reference in the trace')
  })

  test('of which not even a bound is known does not claim one', () => {
    const bar = holdBarOf({ ...hold, from: undefined, isAtLeast: true, durationNs: 0, durationText: '0 ns' })
    expect(bar.duration).toBe('how long is not known')
  })

  test('without a stack is named by its class, not by a culprit', () => {
    expect(holdBarOf({ ...hold, holder: '', class: 'unknown' }).label).toBe('unknown  ts-mux-64')
  })
})

describe('how much is held', () => {
  test('a FOLL_PIN pin is a pin of 1024 references', () => {
    expect(unitWords({ class: 'gup_pin', units: 1024 })).toBe('1 pin (1024 references)')
    expect(unitWords({ class: 'gup_pin', units: 3072 })).toBe('3 pins (3072 references)')
  })

  test('any other reference is no pin', () => {
    expect(unitWords({ class: 'gup_get', units: 1 })).toBe('1 reference')
    expect(unitWords({ class: 'driver', units: 1024 })).toBe('1024 references')
  })
})
