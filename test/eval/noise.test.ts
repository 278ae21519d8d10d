import { expect, test } from 'vitest'
import { noiseOf } from '../../src/cli/eval/noise.ts'
import { type PrintedReport } from '../../src/cli/eval/printed-report.ts'
import { type Truth } from '../../src/cli/eval/truth.ts'

const TRUTH: Truth = {
  scenario: 'told',
  trigger: 'cma',
  outcome: 'fail',
  failed_ranges: [],
  culprits: [
    { pfn: 5, comm: 'drv', pid: 9, acceptable_functions: ['leaky_ioctl'], kind: 'leak', put_stack: [] },
    { pfn: 6, comm: 'drv', pid: 9, acceptable_functions: ['leaky_ioctl'], kind: 'leak', put_stack: [] },
  ],
  unmarked_pfns: [],
}
const EMPTY: PrintedReport = {
  schema: 'pinscope.report/1',
  failures: [],
  pinners: [],
  hidden: { events: { total: 100, shown: 3 } },
}
const STACK = { stack: ['try_grab_folio', 'leaky_ioctl [leaky]'], pfns: [5], tasks: [{ comm: 'app', pid: 7 }] }

test('a true holder is hidden with the noise where neither a failure nor a stack shows it', () => {
  expect(noiseOf(EMPTY, TRUTH)).toEqual({ events: 100, shown: 3, holdersHidden: 2 })
})

test('a stack shows a holder on the pages that it holds, by function or by task', () => {
  expect(noiseOf({ ...EMPTY, pinners: [STACK] }, TRUTH).holdersHidden).toBe(1)
  const byTask = { stack: [], pfns: [5, 6], tasks: [{ comm: 'drv', pid: 9 }] }
  expect(noiseOf({ ...EMPTY, pinners: [byTask] }, TRUTH).holdersHidden).toBe(0)
  const another = { ...STACK, stack: ['fget'], pfns: [5, 6] }
  expect(noiseOf({ ...EMPTY, pinners: [another] }, TRUTH).holdersHidden).toBe(2)
})
