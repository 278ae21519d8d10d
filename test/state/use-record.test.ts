import { expect, test } from 'vitest'
import { planRecording } from '../../src/bridge/record-door.ts'
import { type NextRecording } from '../../src/queries/record/next-recording.ts'
import { recordQuestionOf } from '../../src/state/use-record.ts'

const SPAN = { startPfn: 0x100, endPfn: 0x101 }
const NEXT: NextRecording = {
  question: { kernel: '6.1', trigger: 'cma', spans: [SPAN], area: 'reserved', isHeadsKnown: true, bufferKb: 99 },
  reasons: [],
  rangeSpans: [],
  pages: [],
  pagesLeftOff: 0,
}

test('without a link and a capture, what fails is a CMA allocation, of a kernel that is not known', () => {
  expect(recordQuestionOf({})).toEqual({ kernel: '', trigger: 'cma', tool: 'tracefs', spans: [] })
})

test('what the link does not say is what the capture suggests', () => {
  expect(recordQuestionOf({ recordTool: 'perf' }, NEXT)).toEqual({ ...NEXT.question, tool: 'perf' })
})

test('other pages have heads that are not known, and are in no area that the capture tells', () => {
  const spans = [{ startPfn: 0x200, endPfn: 0x300 }]
  expect(recordQuestionOf({ recordSpans: spans }, NEXT)).toEqual({
    kernel: '6.1',
    trigger: 'cma',
    tool: 'tracefs',
    spans,
    bufferKb: 99,
  })
})

test('no pages are a choice: those of the area', () => {
  expect(recordQuestionOf({ recordSpans: [], recordArea: 'linux,cma' }, NEXT)).toMatchObject({
    spans: [],
    area: 'linux,cma',
  })
})

test('a place that another trigger was given is left out', () => {
  const question = recordQuestionOf({ recordTrigger: 'offline', recordArea: 'linux,cma', recordBlock: 3 }, NEXT)
  expect(question).toMatchObject({ trigger: 'offline', block: 3 })
  expect(question).not.toHaveProperty('area')
})

test('a plan comes with its script, and a question that cannot be with its reason', () => {
  const asked = recordQuestionOf({}, NEXT)
  expect(planRecording(asked)).toMatchObject({ ok: true, script: expect.stringContaining('pfn == 0x100') as unknown })
  expect(planRecording({ ...asked, area: '$(x)' })).toMatchObject({ ok: false })
})
