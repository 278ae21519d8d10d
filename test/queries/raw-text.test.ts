import { expect, test } from 'vitest'
import { fillRawText } from '../../src/queries/raw-text.ts'

const place = (file: number, line: number): { file: number; fileName: string; line: number } => ({
  file,
  fileName: `${file}.txt`,
  line,
})

test('every fact gets the text of its places, each file read once, lines ascending and distinct', async () => {
  const asked: [number, readonly number[]][] = []
  const answer = {
    name: 'x',
    pages: [
      { evidence: [{ text: 'a', places: [place(0, 9), place(1, 2)], raw: [] }] },
      { evidence: [{ text: 'b', places: [place(0, 3), place(0, 9)], raw: [] }] },
    ],
  }
  const filled = await fillRawText(answer, async (file, lines) => {
    asked.push([file, lines])
    return new Map(lines.map((line) => [line, `${file}:${line}`]))
  })
  expect(asked).toEqual([
    [0, [3, 9]],
    [1, [2]],
  ])
  expect(filled.pages.map((page) => page.evidence[0].raw)).toEqual([
    ['0:9', '1:2'],
    ['0:3', '0:9'],
  ])
  expect(answer.pages[0].evidence[0].raw).toEqual([])
})

test('a line that cannot be read is an empty text, not a missing one', async () => {
  const answer = { evidence: [{ text: 'a', places: [place(0, 1)], raw: [] }] }
  expect((await fillRawText(answer, async () => new Map())).evidence[0].raw).toEqual([''])
})

test('an answer without evidence reads nothing', async () => {
  const answer = { total: 3, rows: [1, 2] }
  expect(await fillRawText(answer, () => Promise.reject(new Error('read')))).toBe(answer)
})
