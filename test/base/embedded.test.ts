import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Embedded, embeddingProblem, MOST_EMBEDDED_BYTES, reportPieces } from '../../src/base/embedded.ts'
import { composePage, embeddedEnds, fileElement, ONE_FILE, titleElement } from '../../src/base/one-file.ts'

/** An app as the build lays it out, with little in it. */
const APP = composePage(
  [
    '<meta data-pinscope="" charset="utf-8">',
    titleElement('pinscope'),
    embeddedEnds.join('{}'),
    fileElement('example/trace.gzip', 'AAAA'),
    fileElement('example/dmesg.txt', 'BBBB'),
    fileElement('pinscope-record.sh', 'CCCC'),
  ],
  ['<script data-pinscope="" type="module">const text = `<script data-pinscope="" data-file="example/">`</script>'],
)

const EMBEDDED: Embedded = {
  pinscope: 'embedded',
  version: 1,
  link: '/pfn?v=1&pfn=0x5015',
  files: [{ name: 'trace.txt', gz: 'H4sI+/8=' }],
}

function reportOf(embedded: Embedded, page = APP): string {
  const pieces = reportPieces(page, embedded)
  if (pieces === undefined) throw new Error('broken promise: the page is an app')
  return pieces.join('')
}

/** What a browser takes for the text of the element: all until the first thing that looks like its end. */
function embeddedTextOf(html: string): string {
  const [start] = embeddedEnds
  const from = html.indexOf(start) + start.length
  return html.slice(from, from + html.slice(from).search(/<\/script/i))
}

/** Text that would end a script, or change how it is read. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('</script>', '</SCRIPT ', '<!--', '<script', '<!--<script>', '\u2028', '\u0000', '$&', '__proto__'),
  fc.array(fc.constantFrom('<', '/', '!', '-', 'script', '>', '"', '\\'), { maxLength: 12 }).map((all) => all.join('')),
)

describe('what is embedded in a page', () => {
  property.prop([hostile, hostile, hostile, fc.base64String(), fc.dictionary(hostile, hostile)])(
    'comes back as it was, and is nothing but text to a browser',
    (link, name, by, gz, session) => {
      const embedded: Embedded = {
        ...EMBEDDED,
        link,
        files: [...EMBEDDED.files, { name, gz }],
        session,
        made: { by, on: by, from: [{ name, sizeBytes: 3 }] },
      }
      const html = reportOf(embedded)
      const text = embeddedTextOf(html)
      expect(text).not.toContain('<')
      // Half a surrogate pair is written as an escape, and JSON has no prototypes: compared as JSON.
      const { files, ...rest } = embedded
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify({ ...rest, files }))
      expect(html.slice(0, html.indexOf(embeddedEnds[0])).match(/<\/title/g)).toHaveLength(1)
    },
  )

  test('is put where it was before, whatever is embedded already', () => {
    const once = reportOf(EMBEDDED)
    const other = { ...EMBEDDED, link: '/triage?v=1', made: { by: 'pinscope 1', from: [] } }
    expect(reportOf(other, once)).toBe(reportOf(other))
    expect(reportOf(EMBEDDED, reportOf(other))).toBe(once)
  })

  test('takes the place of the example, and of no other file that the app carries', () => {
    const html = reportOf(EMBEDDED)
    expect(html).not.toContain('AAAA')
    expect(html).not.toContain('BBBB')
    expect(html).toContain(fileElement('pinscope-record.sh', 'CCCC'))
    expect(html).toContain('const text')
  })

  test('names the page by its files', () => {
    const [one, two] = ['a<b>.txt', 'c'].map((name) => ({ name, sizeBytes: 1 }))
    expect(reportOf({ ...EMBEDDED, made: { by: '', from: [one, two] } })).toContain(
      titleElement('pinscope report: a<b>.txt and 1 more'),
    )
    expect(reportOf(EMBEDDED)).toContain('>pinscope report: trace.txt</title>')
  })

  test('is never put into what is no app', () => {
    expect(reportPieces('<!doctype html><title>pinscope</title>', EMBEDDED)).toBeUndefined()
    expect(reportPieces(APP.replace(ONE_FILE.embeddedId, 'other'), EMBEDDED)).toBeUndefined()
  })

  test('is base64 or nothing', () => {
    expect(() => reportOf({ ...EMBEDDED, files: [{ name: 'a', gz: '"}]}</script>' }] })).toThrow('base64')
  })

  test('is refused above what a page can hold, and the words say how much it is and what else to do', () => {
    expect(embeddingProblem(MOST_EMBEDDED_BYTES)).toBeUndefined()
    expect(embeddingProblem(MOST_EMBEDDED_BYTES + (1 << 20))).toBe(
      'The files have 101.0 MiB together, and a report holds 100.0 MiB at most. Put the slice of one finding into it instead.',
    )
  })
})
