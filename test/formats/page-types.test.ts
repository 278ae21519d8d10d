import { describe, expect, test } from 'vitest'
import { sourceOf, traceOf } from './read-bytes.ts'

const FREE = '__________B________________________________'
const USED = '___U_l_____Ma_b____________________________'
const NONE = '___________________________________________'

const LIST = `offset\tlen\tflags\ndc00\t50\t${USED}\ndc50\t3b0\t${FREE}\n`
const EACH = `offset\tflags\n${Array.from({ length: 4 }, (_, at) => `dc0${at}\t${at < 1 ? USED : FREE}\n`).join('')}`

/** A summary as page-types prints it for pages of 4 KiB, unless told otherwise. */
function summaryOf(rows: readonly (readonly [pages: number, symbols: string])[], total?: number, kib = 4): string {
  const sum = rows.reduce((pages, row) => pages + row[0], 0)
  const mb = (pages: number): string => String(Math.floor((pages * kib) / 1024)).padStart(8)
  const lines = rows.map(
    ([pages, symbols]) => `0x0000000000000000\t${String(pages).padStart(10)} ${mb(pages)}  ${symbols}\tnames`,
  )
  return [
    '             flags\tpage-count       MB  symbolic-flags\t\t\tlong-symbolic-flags',
    ...lines,
    `             total\t${String(total ?? sum).padStart(10)} ${mb(total ?? sum)}`,
    '',
  ].join('\n')
}

const AGREES: readonly (readonly [number, string])[] = [
  [0x50, USED],
  [0x3b0, FREE],
]

async function noticesOf(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { files } = await traceOf(texts.map((text, at) => sourceOf(text, `${at}.txt`)))
  for (const { ledger } of files) expect(ledger).toMatchObject({ rejected: 0 })
  return files.map((file) => file.notices)
}

describe('a summary of page-types', () => {
  test('that adds up says nothing', async () => {
    expect(await noticesOf(summaryOf(AGREES))).toEqual([[]])
  })

  test('is compared with its own total row', async () => {
    const [notices] = await noticesOf(summaryOf(AGREES, 1025))
    expect(notices).toEqual([
      'the rows of its summary are 1024 pages and its total row says 1025: rows are missing or changed',
    ])
  })

  test('is compared with the list above it', async () => {
    expect(await noticesOf(`${LIST}\n\n${summaryOf(AGREES)}`)).toEqual([[]])
    const [notices] = await noticesOf(`${LIST}\n\n${summaryOf([[1023, FREE]])}`)
    expect(notices).toEqual(['its list has 1024 pages and its summary 1023: one of them is not whole'])
  })

  test('without its total row is said to be cut', async () => {
    const [notices] = await noticesOf(summaryOf(AGREES).split('\n').slice(0, 2).join('\n'))
    expect(notices).toEqual([expect.stringContaining('no total row')])
  })

  test.each([
    ['before', 0],
    ['behind', 1],
  ])('agrees with a list of another file %s it, flag by flag', async (_, at) => {
    const texts = [summaryOf(AGREES)]
    texts.splice(at, 0, LIST)
    const notices = await noticesOf(...texts)
    expect(notices[at]).toEqual([])
    expect(notices[1 - at]).toEqual([`its summary agrees with the list in ${at}.txt: 1024 pages, flag by flag`])
  })

  test('that differs from a list in its flags is of another moment', async () => {
    const moved = summaryOf([
      [0x4e, USED],
      [0x3b1, FREE],
      [1, NONE],
    ])
    expect(await noticesOf(LIST, moved)).toEqual([
      [],
      ['its summary and the list in 0.txt differ in the flags of 2 of 1024 pages: they were taken one after the other'],
    ])
  })

  test('that has other pages than a list is of another range', async () => {
    expect(await noticesOf(EACH, summaryOf(AGREES))).toEqual([
      [],
      ['its summary has 1024 pages and the list in 0.txt 4: another range, or one of them is not whole'],
    ])
  })

  test('is compared with the lists of as many pages where there are any', async () => {
    const [, , notices] = await noticesOf(EACH, LIST, summaryOf(AGREES))
    expect(notices).toEqual(['its summary agrees with the list in 1.txt: 1024 pages, flag by flag'])
  })

  test('under a list of its own is not compared with others', async () => {
    expect(await noticesOf(`${LIST}\n\n${summaryOf(AGREES)}`, EACH)).toEqual([[], []])
  })

  test('is not compared with the list of a process', async () => {
    const process = `voffset\toffset\tlen\tflags\n7f12\tdc00\t2\t${USED}\n`
    expect(await noticesOf(process, summaryOf(AGREES))).toEqual([[], []])
  })
})

test.each([4, 16, 64])('the MB column of a summary tells pages of %i KiB', async (kib) => {
  const rows = [
    [0x3b03, FREE],
    [0x1111, USED],
  ] as const
  const { machine } = await traceOf([sourceOf(summaryOf(rows, undefined, kib))])
  expect(machine.pageBytes).toBe(kib * 1024)
})

test('a summary of few pages tells no size of a page', async () => {
  expect((await traceOf([sourceOf(summaryOf([[3, FREE]]))])).machine.pageBytes).toBeUndefined()
})
