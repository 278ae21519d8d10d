import { expect, test } from 'vitest'
import { nextRecording, type NextRecording } from '../../src/queries/record/next-recording.ts'
import { recordPlan } from '../../src/queries/record/record-plan.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

function nextOf(story: string): NextRecording {
  const { trace, derived } = toldCapture(story)
  return nextRecording(trace, derived)
}

function kinds({ reasons }: NextRecording): readonly string[] {
  return reasons.map(({ kind }) => kind)
}

test('a capture that names the holder needs no other one, and says so', () => {
  const next = nextOf(LEAK)
  expect(kinds(next)).toContain('answered')
  expect(next.pages).toEqual([])
  expect(next.question.spans).toEqual(next.rangeSpans)
})

test('a reference without a get is recorded anew over the whole range, from before it is taken', () => {
  const next = nextOf(withoutGet())
  expect(kinds(next)).not.toContain('answered')
  expect(next.pages.map(({ pfn, needsGet }) => [pfn, needsGet])).toEqual([[0x100, true]])
  expect(next.question.spans).toEqual(next.rangeSpans)
})

test('events without stacks, and a missing page_owner, are said', () => {
  const bare = LEAK.split('\n').map((line) => line.replace(/ <.*/, ''))
  expect(kinds(nextOf(bare.join('\n')))).toEqual(expect.arrayContaining(['no_stacks', 'no_owner']))
})

test('without a failed range the plan says to record while it fails', () => {
  const next = nextOf('a-1 0 1.0 +1 count=2')
  expect(kinds(next)[0]).toBe('no_failure')
  expect(next.question).toMatchObject({ trigger: 'wait', spans: [] })
})

test('what is suggested is a question that has a plan', () => {
  for (const story of [LEAK, withoutGet()]) {
    const { question } = nextOf(story)
    expect(recordPlan({ ...question, kernel: '6.1', tool: 'tracefs' }).ok).toBe(true)
  }
})

/** The story of a leak whose get lies before the trace. */
function withoutGet(): string {
  return LEAK.split('\n')
    .filter((line) => !line.includes('leaky_grab') && !line.includes('set 1 count'))
    .join('\n')
}
