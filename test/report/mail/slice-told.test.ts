import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fillRawText } from '../../../src/queries/raw-text.ts'
import { writeBugReport } from '../../../src/report/mail/bug-report.ts'
import { gatherBugReport } from '../../../src/report/mail/bug-report-facts.ts'
import { openedSlice, readCapture, sliceOf } from '../../support/slice-of.ts'

const FOLDER = new URL('../../fixtures/captures/leaky-driver-61/', import.meta.url)
const FILES = readdirSync(FOLDER).map((name) => new File([readFileSync(new URL(name, FOLDER))], name))

async function writtenOfSlice(format: 'text' | 'markdown' | 'json'): Promise<string> {
  const whole = await readCapture(FILES)
  const about = { kind: 'range', failure: whole.derived.findings[0].range.id } as const
  const { json } = await sliceOf(whole, about, { comms: true, pids: true })
  const { trace, derived } = await openedSlice(json)
  const facts = gatherBugReport(trace, derived, { kind: 'first' })
  return writeBugReport(await fillRawText(facts, () => Promise.resolve(new Map())), format)
}

test('a mail on a slice says first that it is one, and that the names in it are made up', async () => {
  const lines = (await writtenOfSlice('text')).split('\n')
  const text = lines.join(' ').replaceAll(/\s+/g, ' ')
  const at = text.indexOf('This is a slice of a capture, of one failed range')
  expect(at).toBeGreaterThan(0)
  expect(text.indexOf('Its sender gave other names to: comms, pids.')).toBeGreaterThan(at)
  expect(text.indexOf('held by comm-')).toBeGreaterThan(at)
  expect(text).not.toContain('not read: truth.json')
  expect(lines.length - 1).toBeLessThanOrEqual(60)
})

test('Markdown and JSON on a slice say so too', async () => {
  expect(await writtenOfSlice('markdown')).toContain('gave other names to: comms, pids')
  expect(JSON.parse(await writtenOfSlice('json'))).toMatchObject({ slice: { redacted: ['comms', 'pids'] } })
})
