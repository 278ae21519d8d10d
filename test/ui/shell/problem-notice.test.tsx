import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { problemOfError } from '../../../src/bridge/bridge-problem.ts'
import { type TraceState } from '../../../src/state/capture-store.ts'
import { FailureNotice } from '../../../src/ui/shell/problem-notice.tsx'
import { fileAnswer } from '../../support/fake-trace-api.ts'

afterEach(cleanup)

type Failed = Extract<TraceState, { status: 'failed' }>

function said(state: Omit<Failed, 'status'>): string {
  render(<FailureNotice state={{ status: 'failed', ...state }} onRetry={() => undefined} onDismiss={() => undefined} />)
  return screen.getByRole('alert').textContent
}

const SCARCE = problemOfError(new RangeError('Array buffer allocation failed'))

test('what could not be opened is named before it is said why', () => {
  expect(said({ names: ['trace.txt'], problem: SCARCE, files: [] })).toMatch(
    /^trace\.txt could not be opened\. There is not enough memory for this/,
  )
})

test('of many files the first are named, and the others counted', () => {
  const names = Array.from({ length: 12 }, (_, at) => `cpu${at}.txt`)
  expect(said({ names, problem: SCARCE, files: [] })).toContain(
    'cpu0.txt, cpu1.txt, cpu2.txt, cpu3.txt, cpu4.txt and 7 more could not be opened.',
  )
})

test('files that were looked at are listed with why, and not named twice', () => {
  const problem = { code: 'nothing_readable', message: 'None of the files can be read.' } as const
  const words = said({ names: ['notes.md'], problem, files: [fileAnswer('notes.md', { format: 'unknown' })] })
  expect(words).toMatch(/^Nothing that was opened can be read\.notes\.md: no reader knows this format/)
})

test('what is said of all files alike is said once, below them', () => {
  const unread = (name: string, why: string) =>
    fileAnswer(name, { format: 'unknown', notices: [`not read: ${why}; pinscope reads dmesg and kallsyms`] })
  const problem = { code: 'nothing_readable', message: 'None of the files can be read.' } as const
  const files = [unread('a.zip', 'an archive; unpack it first'), unread('b.txt', 'of no known kind')]
  expect(said({ names: ['c.zip'], problem, files })).toContain(
    'a.zip: not read: an archive; unpack it firstb.txt: not read: of no known kindpinscope reads dmesg and kallsyms',
  )
})
