import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stackTotalsOf } from '../../src/derive/stack-totals.ts'
import { totalOfStack } from '../../src/derive/total-of-stack.ts'
import { framesOf } from '../../src/model/stack-depot.ts'
import { type StackId } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tellCapture } from '../support/tell-capture.ts'

const text = (name: string): string =>
  readFileSync(new URL(`../fixtures/stack-totals/${name}.txt`, import.meta.url), 'utf8')

/** `times pages` by the frames of the stack, rows of one stack added up. */
async function figuresOf(name: string): Promise<ReadonlyMap<string, string>> {
  const trace = await tellCapture({ name: text(name) })
  const [table] = stackTotalsOf(trace)
  const figures = new Map<string, readonly [times: number, pages: number]>()
  for (let row = 0; row < table.length; row++) {
    const frames = framesText(trace, table.stack[row])
    const [times, pages] = figures.get(frames) ?? [0, 0]
    figures.set(frames, [times + table.blocks[row], pages + table.pages[row]])
  }
  return new Map([...figures].map(([frames, figure]) => [frames, figure.join(' ')]))
}

function framesText(trace: Trace, stack: StackId): string {
  const frames = framesOf(trace.stacks, stack)
  return Array.from({ length: frames.length }, (_, at) => trace.strings.text(trace.frames.text[frames[at]])).join('\n')
}

/** Reads a dump as page_owner_sort does: blocks of text between blank lines, by the frames in them. */
function slowFigures(dump: string): ReadonlyMap<string, string> {
  const figures = new Map<string, readonly [times: number, pages: number]>()
  for (const block of dump.split('\n\n').filter((part) => part !== '')) {
    const lines = block.split('\n')
    const frames = lines.filter((line) => line.startsWith(' ')).map((line) => line.trim())
    const order = Number(/via order (\d+)/.exec(lines[0])?.[1])
    const [times, pages] = figures.get(frames.join('\n')) ?? [0, 0]
    figures.set(frames.join('\n'), [times + 1, pages + 2 ** order])
  }
  return new Map([...figures].map(([frames, figure]) => [frames, figure.join(' ')]))
}

describe.each([
  ['records-6.1', ['records-6.1-sort-5.10', 'records-6.1-sort-6.1', 'records-6.1-cull-stack-6.1']],
  ['records-6.12', ['records-6.12-sort-6.12', 'records-6.12-cull-all-6.12']],
])('the totals by stack of %s', (records, outputs) => {
  test.each(outputs)('are those that page_owner_sort counts: %s', async (output) => {
    const own = await figuresOf(records)
    expect(own.size).toBeGreaterThan(2)
    expect(own).toEqual(slowFigures(text(records)))
    expect(await figuresOf(output)).toEqual(own)
  })
})

test('rows of page_owner_sort that differ in their task are one total of their stack', async () => {
  const group = (times: number, pid: number): string =>
    `${times} times, ${times} pages, allocated by OTHERS :\nPage allocated via order 0, mask 0x0(), pid ${pid}, ts 5 ns\n leaky_grab+0x1/0x2\n\n`
  const trace = await tellCapture({
    sort: group(3, 7) + group(2, 8),
    shows: ' leaky_grab+0x1/0x2\nnr_base_pages: 4\n\n',
  })
  const stack = trace.stackTotals.stack[0]
  expect(totalOfStack(trace, stack)).toEqual({ pages: 5, line: 0 })
})
