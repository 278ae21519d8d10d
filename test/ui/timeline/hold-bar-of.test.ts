import { describe, expect, test } from 'vitest'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import { type HoldAnswer } from '../../../src/queries/wire.ts'
import { holdBarOf as barOf, unitWords, UNEXPECTED_CLASSES } from '../../../src/ui/timeline/hold-bar-of.ts'

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

const judgement = { thresholdNs: 300_000_000, leaks: new Set<string>() }
const holdBarOf = (one: HoldAnswer) => barOf(one, judgement)

describe('a hold as a bar', () => {
  test('says frame, task and how long', () => {
    expect(holdBarOf(hold)).toMatchObject({
      label: 'do_tee  ts-mux-64',
      duration: '836.865 ms, long-term',
      fromNs: 1_575_185_000,
    })
    expect(holdBarOf(hold).sentence).toContain('Taken at 1.575185; dropped at 2.412050.')
  })

  test('whose get was not seen says so and invents none', () => {
    const bar = holdBarOf({ ...hold, kind: 'began_before', from: undefined, isAtLeast: true })
    expect(bar.fromNs).toBeUndefined()
    expect(bar.duration).toBe('at least 836.865 ms, long-term')
    expect(bar.sentence).toContain('No get for this reference in the trace')
  })

  test('of which not even a bound is known does not claim one', () => {
    const bar = holdBarOf({ ...hold, from: undefined, isAtLeast: true, durationNs: 0, durationText: '0 ns' })
    expect(bar.duration).toBe('how long is not known')
  })

  test('is told by what became of it, in words', () => {
    const durationOf = (change: Partial<HoldAnswer>) => holdBarOf({ ...hold, ...change }).duration
    expect(durationOf({ durationNs: 1000, durationText: '1.000 us' })).toBe('1.000 us, transient')
    expect(durationOf({ kind: 'open', to: undefined, isAtLeast: true })).toBe('at least 836.865 ms, no put seen')
    const short = {
      kind: 'began_before',
      from: undefined,
      isAtLeast: true,
      durationNs: 5,
      durationText: '5 ns',
    } as const
    expect(durationOf(short)).toBe('at least 5 ns') // how long it was before the trace is not known
    const leak = barOf({ ...hold, kind: 'open', isAtLeast: true }, { ...judgement, leaks: new Set(['1']) })
    expect(leak.duration).toBe('at least 836.865 ms, leak')
    const place = { file: 0, fileName: 'trace.txt', line: 7 }
    const taskExit = { time: { ns: 3, text: '3.000000' }, place, isGone: true }
    const gone = barOf({ ...hold, kind: 'open', isAtLeast: true, taskExit }, { ...judgement, leaks: new Set(['1']) })
    expect(gone.duration).toBe('at least 836.865 ms, leak, its task is gone')
  })

  test('of a class that migration expects is only told by its length', () => {
    expect(holdBarOf({ ...hold, class: 'mapping' }).duration).toBe('836.865 ms')
    const unexpected = REFERENCE_CLASSES.filter(({ isExpected }) => !isExpected).map(({ id }) => id)
    expect(UNEXPECTED_CLASSES).toEqual(unexpected)
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
