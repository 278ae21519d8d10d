import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { matchLocalClock } from '../../src/base/clock-match.ts'
import { logClockNote, traceTimeOf } from '../../src/derive/log-clock.ts'
import { traceTimeOfPinner } from '../../src/derive/pinner-clock.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tracedText } from '../support/tell.ts'
import { tellCapture } from '../support/tell-capture.ts'

/** A trace beside a kernel log, its clock named by a file or not. */
async function capture(name: string): Promise<Trace> {
  const trace = await tellCapture({
    'trace.txt': tracedText('app-7 0 1.0 +1 count=2 pfn=0x281b2\napp-7 0 9.0 -1 count=1 pfn=0x281b2'),
    'dmesg.txt': '[    0.000000] Linux version 6.1\n[    3.580131] migrating pfn 281b2 failed ret:2\n',
  })
  return { ...trace, clock: { ...trace.clock, name } }
}

describe('times of local_clock', () => {
  test.each(['local', 'global', 'perf'])('run with a trace clock of %s', async (name) => {
    const trace = await capture(name)
    expect(matchLocalClock(trace.clock)).toBe('same')
    expect(traceTimeOf(trace, 3_580_131_000)).toBe(2_580_131_000)
    expect(logClockNote(trace, 'dmesg prints')).toBe('')
  })

  test('are taken to run with a clock that no file names, and that is said', async () => {
    const trace = await capture('unknown')
    expect(traceTimeOf(trace, 3_580_131_000)).toBe(2_580_131_000)
    expect(derive(trace).findings[0].caveats).toContain(
      "the failure's time is dmesg's: local_clock, taken to run with the clock of the trace, which no file names (the default is local_clock)",
    )
  })

  test.each(['mono', 'mono_raw', 'boot', 'tai', 'uptime'])('do not compare with %s, and that is said', async (name) => {
    const trace = await capture(name)
    expect(matchLocalClock(trace.clock)).toBe('different')
    expect(traceTimeOf(trace, 3_580_131_000)).toBeUndefined()
    const [{ range, caveats }] = derive(trace).findings
    expect(range).toMatchObject({ printedNs: '3580131000' })
    expect(range.time).toBeUndefined()
    expect(caveats).toContain(
      `the failure's time is dmesg's: local_clock, the trace prints ${name}: the two do not compare`,
    )
  })

  test('do not compare with counts', async () => {
    const trace = await capture('x86-tsc')
    const clock = { ...trace.clock, style: { unit: 'counts', digits: 0 } } as const
    expect(logClockNote({ ...trace, clock }, 'dmesg prints')).toBe(
      'dmesg prints local_clock, the trace prints counts of x86-tsc: the two do not compare',
    )
  })
})

test('page_pinner counts from boot: a trace that tells the time of day does not compare', async () => {
  expect(traceTimeOfPinner(await capture('boot'), 2_000_000)).toBe(1_000_000_000)
  expect(traceTimeOfPinner(await capture('tai'), 2_000_000)).toBeUndefined()
})
