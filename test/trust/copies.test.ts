import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { writeCopy } from '../../src/base/copy-table.ts'

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/a.png)',
  '| a | b |',
  '`code`',
  '\\|',
  'a\nb\r\n# head',
  '&lt;b&gt;',
  '@maintainer',
  'a|@b\\|#1',
  'GH-12',
  'see https://evil.example/x',
  'www.evil.example',
  '$x^2$',
  ':tada:',
  '\u202egpj.exe',
  '\u001b[2J',
]
const table = (cell: string) => ({ title: 't', columns: [{ header: 'comm' }, { header: 'n' }], rows: [[cell, '1']] })

/** A row without its code spans, in which nothing is alive. */
function withoutCode(row: string): string {
  return row.replaceAll(/(\\.)|(`+)(?!`)(?:.*?[^`])?\2(?!`)/g, (_, escape: string | undefined) => escape ?? 'code')
}

/** A Markdown reader's view of a row: cells at bars that are not escaped. */
function cellsOf(row: string): number {
  return row.replaceAll(/\\./g, '').split('|').length - 2
}

describe('a table copied as Markdown', () => {
  test.prop([fc.oneof(fc.constantFrom(...HOSTILE), fc.string(), fc.string({ unit: 'binary' }))])(
    'keeps a hostile comm in its cell, and makes no element, image or link of it',
    (comm) => {
      const lines = writeCopy(table(comm), 'markdown')
        .trimEnd()
        .split(/\r\n|\r|\n/)
      expect(lines).toHaveLength(5)
      const row = lines[4]
      expect(cellsOf(row)).toBe(2)
      const live = withoutCode(row).replaceAll(/\\./g, '').replaceAll('<br>', '')
      expect(live).not.toMatch(/<|\]\(|\]\[/)
      expect(live).not.toMatch(/@|#\d|\$|:\/\/|www\.|\bGH-\d/i)
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(row).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
    },
  )
})

describe('a table copied as CSV', () => {
  const firstCell = (cell: string): string => writeCopy(table(cell), 'csv').split('\r\n')[1]

  test.each(['=1+1', '=HYPERLINK("https://evil.example")', '@SUM(A1)', '+cmd|x', '-2+3+cmd', '\t=1', '--'])(
    'is no formula where a comm is %j',
    (comm) => {
      expect(firstCell(comm)).toMatch(/^"?'/)
    },
  )

  test.each(['-12', '+3.5', '-1.25 ms', '-', '-4e-7', '-3 %', 'camera-7'])('keeps %j as it is', (cell) => {
    expect(firstCell(cell)).toBe(`${cell},1`)
  })
})
