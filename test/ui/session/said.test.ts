import { describe, expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { findFailures } from '../../../src/queries/failures.ts'
import { readOverview } from '../../../src/queries/overview.ts'
import { type CaptureIdentity, namesOfRange } from '../../../src/session/carried.ts'
import { EMPTY_SESSION, type Session, writeField } from '../../../src/session/session.ts'
import { sessionText } from '../../../src/session/session-file.ts'
import { type About, type Subject } from '../../../src/session/subject.ts'
import { identityOf } from '../../../src/state/use-triage-session.ts'
import { rangeSubject, stackSubject } from '../../../src/ui/session/subject-of.ts'
import { amongOf } from '../../../src/ui/session/use-among.ts'
import { bookmarksOf, flagsOf } from '../../../src/ui/session/use-bookmarks.ts'
import { tell } from '../../support/tell.ts'
import { FAULT, GRAB } from '../../support/told-stacks.ts'

const trace = tell(`
  app-7 0 1.0 set 1 pfn=0x100 count=1 < ${FAULT}
  secret-comm-9 0 1.1 +1 unless pfn=0x100 count=2 < ${GRAB}
  init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
`)
const derived = derive(trace)
const [failure] = findFailures(trace, derived).failures
const identity = identityOf(readOverview(trace, derived).files, '6.12.0-lab')

let counter = 0
const said = (
  session: Session,
  names: readonly Subject[],
  field: 'verdict' | 'label',
  value: string,
  about: About = {},
) =>
  writeField(session, {
    names,
    about,
    field,
    ids: [],
    values: [{ id: `aaaaaaaa.${++counter}`, by: '', at: 0, value }],
  })

test('what a session says of a range has names and numbers, and no task', () => {
  const subject = rangeSubject(identity, failure)
  const text = sessionText(said(EMPTY_SESSION, subject.names, 'verdict', 'noise', subject.about))
  expect(subject.about).toMatchObject({
    holder: expect.stringContaining('leaky_grab') as string,
    release: '6.12.0-lab',
  })
  expect(text).toContain(failure.culprit?.stack.hash)
  expect(text).not.toContain('secret-comm')
  expect(text).not.toContain('page_ref')
  expect(stackSubject(identity, { hash: '' }, 'leaky_grab')).toBeUndefined()
})

describe('which ranges are listed by what people said', () => {
  const own = namesOfRange(identity, failure.id)
  const elsewhere: CaptureIdentity = { files: [{ name: 'other', hashes: ['ffffffffffffffff'] }], release: '' }

  test('those with the verdict, those with none, and not what is said of another capture', () => {
    const session = said(
      said(EMPTY_SESSION, own, 'verdict', 'noise'),
      namesOfRange(elsewhere, 'cma:1-2:3'),
      'verdict',
      'noise',
    )
    expect(amongOf(session, identity, 'noise')).toEqual({ ids: [failure.id], isExcluded: false })
    expect(amongOf(session, identity, 'fixed')).toEqual({ ids: [], isExcluded: false })
    expect(amongOf(session, identity, 'none')).toEqual({ ids: [failure.id], isExcluded: true })
  })

  test('those where people differ', () => {
    const session = said(said(EMPTY_SESSION, own, 'verdict', 'noise'), own, 'verdict', 'fixed')
    expect(amongOf(session, identity, 'conflict')).toEqual({ ids: [failure.id], isExcluded: false })
    expect(amongOf(session, identity, 'noise')?.ids).toEqual([])
    expect(amongOf(session, identity, 'none')).toEqual({ ids: [failure.id], isExcluded: true })
  })
})

describe('bookmarks', () => {
  const [hash] = identity.files[0].hashes
  const event = (line: number, of = hash): readonly Subject[] => [{ kind: 'event', hash: of, line }]
  const about = { pfn: '0x100', ns: '1100000000', time: '1.100000', file: 'trace' }
  let session = said(EMPTY_SESSION, event(9), 'label', 'late', { ...about, ns: '1500000000' })
  session = said(session, event(2), 'label', 'first get', about)
  session = said(session, event(3), 'label', 'elsewhere', { ...about, pfn: '0x999' })
  session = said(session, event(4, 'ffffffffffffffff'), 'label', 'other file', about)
  session = said(session, event(5), 'label', 'no event', { file: 'trace' })

  test('of the open files come first, by line, and those of other files are still listed', () => {
    const listed = bookmarksOf(session, identity).map(({ text, fileName }) => [text, fileName !== undefined])
    expect(listed).toEqual([
      ['first get', true],
      ['elsewhere', true],
      ['no event', true],
      ['late', true],
      ['other file', false],
    ])
  })

  test('of a page are on its timeline in the order of time, and no others', () => {
    const { clock } = readOverview(trace, derived)
    const flags = flagsOf(bookmarksOf(session, identity), [0x100], clock)
    expect(flags.map(({ label, text }) => `${label} ${text}`)).toEqual(['first get 1.100000', 'late 1.100000'])
  })
})
