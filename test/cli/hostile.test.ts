import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { progressLine } from '../../src/cli/progress-line.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

/** Clears a screen, sets a title, rings, reorders text, and is no ASCII as a C1 control. */
const HOSTILE = '\x1b[2J\x1b]0;owned\x07\u009b31m\u202e'
// oxlint-disable-next-line no-control-regex -- what must not reach a terminal
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/

const OWNERS =
  `Page allocated via order 0, migratetype Movable, gfp_mask 0x1(X), pid 7, tgid 7 (ev${HOSTILE}il), ts 1 ns\n` +
  `PFN 0x100 type Movable Block 0 type Movable Flags 0x0()\n post_alloc_hook+0x1/0x2\n ev${HOSTILE}il+0x1/0x2\n\n`

let folder = ''
let files: readonly string[] = []
let other = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-hostile-'))
  const text = tracedText(LEAK)
    .replaceAll('drv-9', `d${HOSTILE}-9`)
    .replaceAll('leaky_grab', `leaky${HOSTILE}grab`)
    .replaceAll('leaky_ioctl', `io${HOSTILE}ctl`)
  const log = `[    1.000000] Linux version 6.1${HOSTILE}\n[    2.000000] cma: cma_alloc: a${HOSTILE}: alloc failed, req-size: 3 pages, ret: -16\n`
  files = [join(folder, `tr${HOSTILE}ace.txt`), join(folder, `ow${HOSTILE}ners.txt`), join(folder, `lo${HOSTILE}g.txt`)]
  await writeFile(files[0], `${text}\n`)
  await writeFile(files[1], OWNERS)
  await writeFile(files[2], log)
  other = join(folder, 'other.txt')
  await writeFile(other, `${tracedText(LEAK)}\n`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a command prints on both of its streams. */
async function printed(words: readonly string[]): Promise<string> {
  let text = ''
  const take = (part: string | Uint8Array): boolean => {
    text += typeof part === 'string' ? part : Buffer.from(part).toString()
    return true
  }
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take))
  try {
    await main(words)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return text
}

describe('control characters of comms, symbols, kernels and file names reach no terminal', () => {
  test.each([
    ['report', []],
    ['report', ['--format', 'mail']],
    ['report', ['--format', 'markdown']],
    ['report', ['--format', 'json']],
    ['report', ['--json']],
    ['report', ['--json', '--pfn', '0x100']],
    ['pinners', ['--all', '--threshold-us', '0']],
    ['pinners', ['--folded', '--all', '--threshold-us', '0']],
    ['pinners', ['--group', 'task', '--json']],
    ['pfn', ['0x100']],
    ['page', ['0x100', '--json']],
    ['owners', []],
    ['owners', ['--by', 'task', '--json']],
    ['map', ['--all']],
    ['events', []],
    ['events', ['--json']],
    ['stats', []],
    ['stats', ['--json']],
    ['record', []],
    ['slice', ['--failure', '1']],
    ['slice', ['--pfn', '0x100', '--link']],
  ])('%s %j', async (name, options) => {
    const text = await printed([name, ...options, ...files])
    expect(text).not.toBe('')
    expect(UNSAFE.exec(text)).toBeNull()
  })

  test.each([
    ['compare', ['--with']],
    ['compare', ['--by', 'stack', '--json', '--with']],
    ['diff', ['--with']],
    ['diff', ['--json', '--with']],
  ])('%s %j', async (name, options) => {
    for (const words of [
      [name, other, ...options, ...files],
      [name, ...files, ...options, other],
    ]) {
      const text = await printed(words)
      expect(text).toContain('leaky')
      expect(UNSAFE.exec(text)).toBeNull()
    }
  })

  test.each([
    [['report', `/no${HOSTILE}file`]],
    [[`re${HOSTILE}port`]],
    [['report', `--${HOSTILE}`]],
    [['rules', '--rules', `/no${HOSTILE}file`]],
    [['diff', '--ignore', `/no${HOSTILE}file`, 'a', 'b']],
    [['eval', `/no${HOSTILE}folder`]],
    [['open', `/no${HOSTILE}file`]],
    [['report', '--watch', `/no${HOSTILE}file`]],
    [['events', '--filter', `op:${HOSTILE}`, 'a']],
  ])('where %j fails', async (words) => {
    const text = await printed(words)
    expect(text).not.toBe('')
    expect(UNSAFE.exec(text)).toBeNull()
  })
})

describe('how far a reading has come', () => {
  const progress = {
    fileName: `tr${HOSTILE}ace.txt`,
    fileIndex: 0,
    fileCount: 2,
    bytesRead: 3 << 20,
    bytesTotal: 9 << 20,
    events: 1,
  }

  function told(isTTY: boolean, waitedMs: number): string {
    let text = ''
    let now = 0
    const line = progressLine({ isTTY, columns: 60, write: (part) => (text += part) }, () => now)
    now = waitedMs
    line.show(progress)
    line.clear()
    return text
  }

  test('is one line of a terminal that goes away again, in whose text nothing is obeyed', () => {
    const text = told(true, 1000)
    expect(text).toMatch(/^\rreading [^\r]*\x1b\[K\r\x1b\[K$/) // oxlint-disable-line no-control-regex -- its own
    expect(UNSAFE.exec(text.replaceAll(/\r|\x1b\[K/g, ''))).toBeNull() // oxlint-disable-line no-control-regex -- its own
    expect(text.split('\x1b[K')[0].length).toBeLessThanOrEqual(60)
  })

  test('is told nowhere else, and not of what is quick', () => {
    expect(told(false, 1000)).toBe('')
    expect(told(true, 100)).toBe('')
  })
})
