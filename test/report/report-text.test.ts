import { expect, test } from 'vitest'
import { readOverview } from '../../src/queries/overview.ts'
import { plainText } from '../../src/report/plain-text.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportText } from '../../src/report/report-text.ts'
import { statsText } from '../../src/report/stats-text.ts'
import { LATE_PUT, LEAK, toldCapture } from '../support/told-capture.ts'

function textOf(story: string): string {
  const { trace, derived } = toldCapture(story)
  return reportText(gatherReport(trace, derived))
}

test('the sentence comes first, then facts that cite their lines, then what was read and lost', () => {
  const text = textOf(LEAK)
  const order = ['1 failed range', 'held by drv-9 in leaky_grab [leaky]', 'trace.txt:13', 'Files', 'Lost events: none']
  const places = order.map((words) => text.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('pages that one holder holds alike are shown in full once, each with its own times and lines', () => {
  const alike = LEAK.split('\n').filter((line) => / (?:set|unless|-1 count=2)/.test(line) && !line.includes('pfn='))
  const other = alike.map((line) => line.replace('00 ', '07 ').replace(/ (set 1|\+1|-1) /, ' $1 pfn=0x105 '))
  const lines = [...LEAK.split('\n'), ...other].sort((a, b) => Number(a.slice(11, 19)) - Number(b.slice(11, 19)))
  const text = textOf(lines.join('\n'))
  expect(text.match(/\+1 by drv-9 in leaky_grab/g)).toHaveLength(1)
  expect(text).toMatch(
    /pfn 0x105: held as 0x100 is: leak, 0\.\d\d, from 1\.200007 to the end of the trace \(trace\.txt:\d+, \d+/,
  )
})

test('a freeze that the kernel refused is told with who tried and what was expected, and its line is cited', () => {
  const refusal =
    'init-1 0 1.900020 freeze 2 refused count=3 < __page_ref_freeze folio_migrate_mapping migrate_folio migrate_pages_batch'
  const text = textOf(LEAK.replace('  init-1 0 1.900050', `  ${refusal}\n  init-1 0 1.900050`))
  expect(text).toContain(
    '- migration by init-1 in folio_migrate_mapping was refused at 1.900020: it expected 2 references, its own among them, ' +
      'and found 3, 1 too many (val=2 count=3 ret=0)\n         trace.txt:27: ',
  )
  expect(text).toContain('; 1 reference more than migration expects')
})

test('no failed range is said in words', () => {
  expect(textOf('a-1 0 1.0 +1 count=2')).toContain('No failed range was found in these files.\n\n')
})

test('without a failed range it says what went well, with the line', () => {
  const got = 'a-1 0 2.0 cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'
  const words = 'The allocation of 256 pages from CMA area reserved at 2.000000 succeeded (trace.txt:2)'
  expect(textOf(`a-1 0 1.0 +1 count=2\n${got}`)).toContain(`No failed range was found in these files.\n${words}\n\n`)
  expect(textOf(`${LEAK}\n${got.replace('2.0', '3.0')}`)).not.toContain('succeeded')
})

test('a holder of a failed range whose holds are all short is listed, as on the screen', () => {
  const { trace, derived } = toldCapture(LATE_PUT, 5_000_000_000)
  expect(reportText(gatherReport(trace, derived))).toContain('leaky_grab [leaky]: blocks 1 range; 1 hold, all hidden')
})

test('lost events are listed with their place', () => {
  const text = textOf('a-1 1 1.0 +1 count=2\nCPU:1 [LOST 512 EVENTS]\na-1 1 3.0 +1 count=3')
  expect(text).toContain('Lost events: 512')
  expect(text).toMatch(/trace\.txt:2: CPU 1: 512 events lost, 1\.000000 to 3\.000000/)
})

test('a loss of unknown size is no loss of none', () => {
  const text = textOf('a-1 1 1.0 +1 count=2\nCPU:1 [LOST EVENTS]\na-1 1 3.0 +1 count=3')
  expect(text).toContain('Lost events: an unknown number')
})

test('a comm cannot move the cursor or colour the terminal', () => {
  const text = textOf(LEAK.replaceAll('drv-9', 'dr\u001b[2Jv\u202e-9'))
  expect(text).toContain('dr\\x1b[2Jv\\u202e-9 in leaky_grab')
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})

test.each([
  ['a\tb', 'a b'],
  ['a\r\nb', 'a\\x0d\\x0ab'],
  ['\u009b31m', '\\x9b31m'],
  ['naïve 日本', 'naïve 日本'],
])('%j prints as %j', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('nearly all that the depot saves is not all of it', () => {
  const { trace, derived } = toldCapture(LEAK)
  const overview = readOverview(trace, derived)
  const depot = { ...overview.depot, textBytes: 1_000_000, heldBytes: 10, savedBytes: 999_990 }
  const text = statsText({ overview: { ...overview, depot }, readMs: 1000, deriveMs: 10, peakBytes: 123456 })
  expect(text).toContain('99.9 % saved')
})

test('statistics say what the depot saves and how fast the reading was', () => {
  const { trace, derived } = toldCapture(LEAK)
  const text = statsText({ overview: readOverview(trace, derived), readMs: 1000, deriveMs: 10, peakBytes: 123456 })
  expect(text).toMatch(/Stack depot: 6 distinct of 7 stacks/)
  expect(text).toMatch(/Time to read: 1\.000 s for \d+ bytes of text, 0\.0 MB\/s/)
  expect(text).toContain('2  page_ref_mod_unless')
  expect(text).toContain('Peak: 123456 bytes resident at most')
})
