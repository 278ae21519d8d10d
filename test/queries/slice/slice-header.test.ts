import { expect, test } from 'vitest'
import { openedSlice, readCapture, sliceOf } from '../../support/slice-of.ts'

const PERF = [
  '# ========',
  '# hostname : acme-build-7',
  '# os release : 6.12.0',
  '# cmdline : /usr/bin/perf record -e page_ref:* /home/ann/secret-run',
  '# ========',
  '#',
  'sleep   133 [001]     4.649399: page_ref:page_ref_mod: pfn=0x1fb7b flags=0x1 count=2 mapcount=0 mapping=(nil) mt=4 val=1',
  '\tffffffff81001010 leaky_grab+0x10 ([leaky])',
  '',
  'sleep   133 [001]     4.749399: page_ref:page_ref_mod: pfn=0x1fb7b flags=0x1 count=1 mapcount=0 mapping=(nil) mt=4 val=-1',
  '\tffffffff81001010 leaky_grab+0x10 ([leaky])',
  '',
].join('\n')

test('whose machine it was, and what was typed there, is in no slice of what perf recorded', async () => {
  const whole = await readCapture([new File([PERF], 'perf.txt')])
  const { json } = await sliceOf(whole, { kind: 'page', pfn: '0x1fb7b' })
  expect(json).toContain('# os release : 6.12.0')
  expect(json).not.toMatch(/acme-build-7|secret-run/)
  const { trace } = await openedSlice(json)
  expect(trace.events.length).toBe(whole.trace.events.length)
  expect(trace.files[0].ledger.rejected).toBe(0)
})
