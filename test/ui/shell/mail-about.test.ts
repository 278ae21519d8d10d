import { expect, test } from 'vitest'
import { type SessionSubject } from '../../../src/state/session-subject.ts'
import { mailAboutOf } from '../../../src/ui/shell/mail/mail-about.ts'

const RANGE: SessionSubject = {
  kind: 'range',
  names: [{ kind: 'range', hash: 'aa', failure: 'cma:100-200:5' }],
  about: {},
  title: 'cma [0x100, 0x200)',
}
const STACK: SessionSubject = { ...RANGE, kind: 'stack', names: [{ kind: 'stack', stack: 'bb' }] }

test('on the screen of a page the mail is about that page', () => {
  expect(mailAboutOf({ view: 'pfn', pfn: 0x100, failure: 'x' }, RANGE)).toEqual({ about: { kind: 'page', pfn: 0x100 } })
})

test('the range that is shown is told, with what was said of it, though the link names none', () => {
  const asked = mailAboutOf({ view: 'triage' }, RANGE)
  expect(asked).toEqual({ about: { kind: 'failure', id: 'cma:100-200:5' }, subject: RANGE })
})

test('a chosen page of the range comes first', () => {
  const asked = mailAboutOf({ view: 'triage', failure: 'cma:100-200:5', pfn: 0x101 }, RANGE)
  expect(asked.about).toEqual({ kind: 'failure', id: 'cma:100-200:5', pfn: 0x101 })
})

test('where a stack is shown the chosen range is told, without what was said of the stack', () => {
  expect(mailAboutOf({ view: 'pinners', failure: 'f' }, STACK)).toEqual({ about: { kind: 'failure', id: 'f' } })
})

test('with nothing chosen the most telling finding is told', () => {
  expect(mailAboutOf({ view: 'events' }, undefined)).toEqual({ about: { kind: 'first' } })
})
