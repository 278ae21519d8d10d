import { describe, expect, test } from 'vitest'
import { parseCompare } from '../../src/cli/compare-arguments.ts'
import { runCompare } from '../../src/cli/compare-command.ts'
import { fileURLToPath } from 'node:url'

const capture = (name: string): string => fileURLToPath(new URL(`../fixtures/captures/${name}`, import.meta.url))

describe('arguments', () => {
  test('files before --with are of A, those behind it of B', () => {
    expect(parseCompare(['a.txt', 'b.txt', '--by', 'task', '--with', 'c.txt', '--json', 'd.txt'])).toEqual({
      ok: true,
      value: {
        kind: 'compare',
        paths: ['a.txt', 'b.txt'],
        withPaths: ['c.txt', 'd.txt'],
        grouping: 'task',
        isJson: true,
      },
    })
    expect(parseCompare(['a', '--with=b', '--', '--odd'])).toMatchObject({ value: { withPaths: ['b', '--odd'] } })
  })

  test.each([
    [['a.txt'], 'compare needs the files of B: compare A… --with B…'],
    [['--with', 'b.txt'], 'compare needs the files of A: compare A… --with B…'],
    [['a', '--with', 'b', '--with', 'c'], '--with was said before: all files after it are of B'],
    [['a', '--by', 'pid', '--with', 'b'], '--by needs one of holder, stack, task, class'],
    [['a', '--threshold-us', 'x', '--with', 'b'], '--threshold-us needs a whole number of microseconds'],
    [['a', '--odd', '--with', 'b'], 'unknown option --odd'],
  ])('%j is refused in one line', (words, error) => {
    expect(parseCompare(words)).toEqual({ ok: false, error })
  })
})

describe('two captures of the guest', () => {
  const asked = {
    kind: 'compare',
    paths: [capture('leaky-driver-61')],
    withPaths: [capture('healthy')],
    grouping: 'holder',
  } as const

  test('are told apart by who blocked, with the caution that one failure is too few', async () => {
    const { ok, ...said } = await runCompare({ ...asked, isJson: false })
    expect(ok).toBe(true)
    const text = 'value' in said ? said.value : ''
    expect(text).toMatch(/^CMA allocations that failed: 1 of 1 in A, 0 of \d in B \(too few to tell\)\.\n/)
    // A note beside each capture tells that B watched less: what is not found there has not ended there.
    expect(text).toMatch(/leaky_\w+( \[leaky\])? blocks 1 range in A; none is known in B, which did not watch all/)
    expect(text).not.toContain('no longer')
    expect(text).toMatch(
      /Cautions\n {3}A traced pages \[0x\w+, 0x\w+\) \(as a note says; .*outside B's window cannot be seen in B/,
    )
    expect(text).toContain('Different kernels')
  })

  test('are JSON for machines', async () => {
    const read = await runCompare({ ...asked, isJson: true, limit: 1 })
    const json: unknown = JSON.parse(read.ok ? read.value : '')
    expect(json).toMatchObject({ schema: 'pinscope.compare/1', rows: [{ change: 'gone', by: 'ranges' }] })
  })

  test('that cannot be read are named by side', async () => {
    const nothing = fileURLToPath(import.meta.url)
    expect(await runCompare({ ...asked, withPaths: [nothing], isJson: false })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^B: nothing readable/) as unknown,
    })
  })
})
