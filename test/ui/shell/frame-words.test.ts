import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { filesOfPaste } from '../../../src/ui/shell/drop-target.tsx'
import { foundCount, foundText, progressText, readingText } from '../../../src/ui/shell/loading-bar.tsx'
import { hasTrouble, lacksStart, namesOf } from '../../../src/ui/shell/problem-notice.tsx'
import { destinationOf } from '../../../src/ui/shell/search-destination.ts'
import { partsOf } from '../../../src/ui/shell/status-line.tsx'
import { nextScheme } from '../../../src/ui/shell/use-app-shortcuts.ts'
import { parseThreshold } from '../../../src/ui/views/triage/threshold-input.tsx'
import { fileAnswer, overviewOf } from '../../support/fake-trace-api.ts'

const textsOf = (overview: ReturnType<typeof overviewOf>): readonly string[] =>
  partsOf(overview).map((part) => part.text)

describe('the status line', () => {
  test('says what was read and what was not, without separators', () => {
    const overview = overviewOf([fileAnswer('a'), fileAnswer('b')], {
      events: 1234567,
      rejected: 3,
      lost: { count: 12, isAtLeast: true },
      depot: { seen: 10, distinct: 1, textBytes: 1000, heldBytes: 29, savedBytes: 971 },
      hiddenHolds: 30214,
    })
    expect(textsOf(overview)).toEqual([
      '2 files',
      '1234567 events',
      'lost at least 12',
      'rejected 3',
      'depot 1 stack, 97.1 % saved',
      '30214 holds hidden',
    ])
  })

  test('counts files that were not read, and makes what is amiss stand out', () => {
    const overview = overviewOf([fileAnswer('a'), fileAnswer('b', { format: 'unknown' })], { rejected: 1 })
    const parts = partsOf(overview)
    expect(parts[0].text).toBe('2 files, 1 not read')
    expect(parts.filter((part) => part.isAlarming).map((part) => part.text)).toEqual([
      '2 files, 1 not read',
      'rejected 1',
    ])
  })

  test('claims no saving where there was no stack', () => {
    expect(textsOf(overviewOf([]))).toContain('depot 0 stacks')
  })
})

describe('reading', () => {
  const progress = {
    phase: 'reading',
    fileName: 'trace.txt',
    fileIndex: 1,
    fileCount: 3,
    bytesRead: 512,
    bytesTotal: 1024,
    events: 7,
  } as const

  test('tells file, bytes and events', () => {
    expect(progressText({ names: ['trace.txt'], progress })).toBe('trace.txt (2 of 3): 512 of 1024 bytes, 7 events')
  })

  test('tells what is done after reading, and what will be read before', () => {
    expect(progressText({ names: [], progress: { ...progress, phase: 'deriving' } })).toContain('7 events read')
    expect(progressText({ names: ['a', 'b'] })).toBe('opening a, b')
  })

  test('tells of events only when there are some: not every file has them', () => {
    const none = progressText({ names: ['dmesg.txt'], progress: { ...progress, events: 0 } })
    expect(none).toBe('trace.txt (2 of 3): 512 of 1024 bytes')
  })

  test('says at the foot what the bar says, and which screen a key asked for meanwhile', () => {
    const state = { status: 'loading', names: ['a'], progress } as const
    expect(readingText(state, 'triage')).toBe('reading… trace.txt (2 of 3): 512 of 1024 bytes, 7 events')
    expect(readingText(state, 'events')).toMatch(/7 events · Events is shown when it is read$/)
  })
})

describe('a paste', () => {
  const pasted = (files: readonly File[], text: string) =>
    filesOfPaste({ files: files as unknown as FileList, getData: () => text }) // only iterated and measured

  test('of text is a file of its own', async () => {
    const [file] = pasted([], 'some text')
    expect(file.name).toBe('pasted text')
    expect(await file.text()).toBe('some text')
  })

  test('of files is those files', () => {
    const file = new File(['x'], 'dmesg.txt')
    expect(pasted([file], 'its name')).toEqual([file])
  })

  test('of blanks is nothing', () => {
    expect(pasted([], ' \n')).toEqual([])
  })
})

describe('a file has trouble', () => {
  test('when no reader knew it or its end is missing, and only then', () => {
    expect(hasTrouble(fileAnswer('a'))).toBe(false)
    expect(hasTrouble(fileAnswer('a', { format: 'unknown' }))).toBe(true)
    expect(hasTrouble(fileAnswer('a', { damage: ['the gzip stream ends early'] }))).toBe(true)
  })
})

test('an array of pages lacks its start until a file or a person tells it', () => {
  const array = { kind: 'count', values: 8, startPfn: 0 } as const
  expect(lacksStart(fileAnswer('a'))).toBe(false)
  expect(lacksStart(fileAnswer('a', { array: { ...array, basis: 'none' } }))).toBe(true)
  expect(lacksStart(fileAnswer('a', { array: { ...array, basis: 'given' } }))).toBe(false)
})

test('many files are named by the first of them', () => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => fileAnswer(name))
  expect(namesOf(files)).toBe('a, b, c, d, e and 2 more')
  expect(namesOf(files.slice(0, 2))).toBe('a, b')
})

describe('a search hit', () => {
  const shown = { label: '', detail: '' }

  test('leads where its kind belongs', () => {
    expect(destinationOf({ kind: 'pfn', pfn: 0x1f4b4, ...shown })).toMatchObject({ view: 'pfn', pfn: 0x1f4b4 })
    expect(destinationOf({ kind: 'range', startPfn: 1, endPfn: 2, pfn: 1, failureId: 'x', ...shown })).toEqual({
      view: 'triage',
      failure: 'x',
    })
    expect(destinationOf({ kind: 'symbol', symbol: 'do_tee', ...shown })).toMatchObject({
      view: 'pinners',
      filter: 'do_tee',
    })
    expect(destinationOf({ kind: 'task', comm: '', pid: 61, ...shown })).toMatchObject({
      view: 'pinners',
      filter: '61',
    })
    const task = { kind: 'task', comm: 'kworker/1:1', pid: 61, ...shown } as const
    expect(destinationOf(task)).toMatchObject({ filter: 'kworker/1:1' })
    expect(destinationOf({ ...task, isAlone: true })).toMatchObject({ filter: 'kworker/1:1-61' })
    expect(destinationOf({ kind: 'event', name: 'page_ref_mod', ...shown })).toMatchObject({
      view: 'events',
      eventName: 'page_ref_mod',
    })
    const place = { file: 0, fileName: 'trace.txt', line: 8127 }
    expect(destinationOf({ kind: 'line', place, ...shown })).toEqual({ event: 'trace.txt:8127' })
  })

  test('of a page forgets the window of the page before', () => {
    const destination = destinationOf({ kind: 'pfn', pfn: 1, ...shown })
    expect(Object.keys(destination)).toEqual(expect.arrayContaining(['lifetime', 'from', 'to']))
  })
})

describe('the threshold', () => {
  test.prop([fc.nat({ max: 3_600_000_000 })])('is any whole number of microseconds up to an hour', (value) => {
    expect(parseThreshold(` ${value} `)).toBe(value)
  })

  test.each(['', '1.5', '-1', '1e5', '0x10', '3600000001', 'abc'])('is not %s', (text) => {
    expect(parseThreshold(text)).toBeUndefined()
  })
})

test('the theme goes round through system, light and dark', () => {
  expect(nextScheme('auto')).toBe('light')
  expect(nextScheme('light')).toBe('dark')
  expect(nextScheme('dark')).toBe('auto')
})

describe('what was found while files are read', () => {
  const found = { atEnd: [], ranges: [], total: 3 }
  const progress = { fileName: 'a', fileIndex: 0, fileCount: 1, bytesRead: 0, bytesTotal: 1, events: 0, found } as const
  const reading = { ...progress, phase: 'reading' as const }
  const index = { from: 'files' } as const
  const shown = { generation: 1, reading: 1, overview: overviewOf([]), index, hasDiffered: false }

  test('is counted beside the progress only where another capture is shown, for else it is listed', () => {
    expect(foundText({ progress: reading })).toBe('')
    expect(foundText({ progress: reading, capture: shown })).toBe('; 3 failed ranges found so far')
    expect(foundText({ progress: { ...reading, found: undefined }, capture: shown })).toBe('')
  })

  test.each([
    [0, 'no failed range found so far'],
    [1, '1 failed range found so far'],
    [2, '2 failed ranges found so far'],
  ])('%d', (total, words) => expect(foundCount(total)).toBe(words))
})
