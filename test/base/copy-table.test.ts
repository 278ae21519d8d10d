import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type CopyTable, writeCopy } from '../../src/base/copy-table.ts'

const HOLDS: CopyTable = {
  title: 'Holders',
  source: 'trace.txt, rows 1 to 2 of 40',
  columns: [{ header: 'holder' }, { header: 'holds', align: 'end' }, { header: 'line' }],
  rows: [
    ['do_tee', '12', 'trace.txt:8127'],
    ['<idle>-0', '3', 'trace.txt:9'],
  ],
}

describe('text', () => {
  test('has aligned columns under a line that says what it is', () => {
    expect(writeCopy(HOLDS, 'text')).toBe(
      [
        'Holders, trace.txt, rows 1 to 2 of 40',
        '',
        'holder    holds  line',
        'do_tee       12  trace.txt:8127',
        '<idle>-0      3  trace.txt:9',
        '',
      ].join('\n'),
    )
  })

  property.prop([fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 8 })])(
    'gives each row one line, each column one place',
    (rows) => {
      const table = { title: '', columns: [{ header: 'first' }, { header: 'second', align: 'end' as const }], rows }
      const lines = writeCopy(table, 'text').split('\n')
      expect(lines).toHaveLength(rows.length + 2)
    },
  )
})

describe('Markdown', () => {
  test('shows bars, backticks and angle brackets as they are', () => {
    const table = { title: '', columns: [{ header: 'a|b' }], rows: [['`x` | <idle>-0 \\']] }
    expect(writeCopy(table, 'markdown')).toBe('| a\\|b |\n| --- |\n| \\`x\\` \\| \\<idle>-0 \\\\ |\n')
  })

  test('leaves symbols as they are printed, unless their underscores would become emphasis', () => {
    const table = { title: '', columns: [{ header: 's' }], rows: [['__get_user_pages'], ['__init__']] }
    expect(writeCopy(table, 'markdown')).toContain('| __get_user_pages |\n| __init\\_\\_ |')
  })

  test('says on which side numbers stand', () => {
    expect(writeCopy(HOLDS, 'markdown')).toContain('| --- | ---: | --- |')
  })

  property.prop([fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 8 })])(
    'has as many bars that part cells as there are columns and one more',
    (rows) => {
      const text = writeCopy({ title: '', columns: [{ header: 'a' }, { header: 'b' }], rows }, 'markdown')
      const lines = text.trimEnd().split('\n')
      expect(lines).toHaveLength(rows.length + 2)
      for (const line of lines) expect(unescapedBars(line)).toBe(3)
    },
  )
})

describe('CSV', () => {
  property.prop([fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 8 })])(
    'is read back as it was, but for the mark before a formula',
    (rows) => {
      const text = writeCopy({ title: 'left out', columns: [{ header: 'a' }, { header: 'b, c' }], rows }, 'csv')
      const read = readCsv(text).map((row) => row.map((cell) => cell.replace(/^'(?=[=+@\t\r-])/, '')))
      const asWritten = rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+@\t\r-])/, '')))
      expect(read).toEqual([['a', 'b, c'], ...asWritten])
    },
  )
})

describe('JSON', () => {
  test('has an object a row, by header', () => {
    expect(JSON.parse(writeCopy(HOLDS, 'json'))).toEqual([
      { holder: 'do_tee', holds: '12', line: 'trace.txt:8127' },
      { holder: '<idle>-0', holds: '3', line: 'trace.txt:9' },
    ])
  })

  property.prop([fc.array(fc.string(), { minLength: 1, maxLength: 6 })])(
    'keeps each column, whatever it is called',
    (headers) => {
      const table = {
        title: '',
        columns: headers.map((header) => ({ header })),
        rows: [headers.map((_, at) => String(at))],
      }
      const [row] = JSON.parse(writeCopy(table, 'json'))
      expect(new Set(Object.values(row))).toEqual(new Set(headers.map((_, at) => String(at))))
    },
  )
})

/** Bars that no backslash makes text; slow and obvious. */
function unescapedBars(line: string): number {
  let bars = 0
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === '|') bars++
  }
  return bars
}

/** RFC 4180, a character at a time. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isQuoted && char === '"' && text[at + 1] === '"') cell += text[at++]
    else if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && char === ',') {
      row.push(cell)
      cell = ''
    } else if (!isQuoted && char === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      at++
    } else cell += char
  }
  return rows
}
