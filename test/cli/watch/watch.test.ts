import { execFileSync } from 'node:child_process'
import { appendFile, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Output } from '../../../src/cli/output.ts'
import { parseReport, type ReportCommand } from '../../../src/cli/report-arguments.ts'
import { parsePinners } from '../../../src/cli/pinners-arguments.ts'
import { watchPinners, watchReport } from '../../../src/cli/watch/watch-command.ts'
import { wholeEntries } from '../../../src/cli/watch/whole-entries.ts'
import { tracedText } from '../../support/tell.ts'
import { LEAK } from '../../support/told-capture.ts'

const LINES = `${tracedText(LEAK)}\n`.split(/(?<=\n)/)
/** Where the failure is told: the beginning knows nothing of it. */
const FAILS_AT = LINES.findIndex((line) => line.includes('test_pages_isolated') || line.includes('cma_alloc'))
const BEGINNING = LINES.slice(0, FAILS_AT).join('')
const REST = LINES.slice(FAILS_AT).join('')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-watch-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A watching that a test looks on: what it printed, and a promise of what it will. */
class Watched {
  readonly ended: Promise<Output>
  #printed = ''
  #waiting: { readonly pattern: RegExp; readonly resolve: () => void }[] = []
  #stop: () => void = () => undefined

  constructor(path: string, asked: Partial<ReportCommand> = {}) {
    const stopped = new Promise<void>((resolve) => {
      this.#stop = resolve
    })
    const print = (text: string): void => {
      this.#printed += text
      this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
        if (pattern.test(this.#printed)) resolve()
        return !pattern.test(this.#printed)
      })
    }
    const command: ReportCommand = { kind: 'report', paths: [path], isJson: false, isWatched: true, ...asked }
    this.ended = watchReport(command, { print, stopped, lookMs: 5 })
  }

  until(pattern: RegExp): Promise<void> {
    if (pattern.test(this.#printed)) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ pattern, resolve }))
  }

  async stop(): Promise<string> {
    this.#stop()
    expect(await this.ended).toEqual({ ok: true, value: '' })
    return this.#printed
  }
}

describe('a file that grows', () => {
  test('is told of when a range fails, with the time of the trace, and not when nothing changes', async () => {
    const path = join(folder, 'grows.txt')
    await writeFile(path, BEGINNING)
    const watched = new Watched(path)
    await watched.until(/^── 1\.\d+: 0 failed ranges, \d+ events$/m)
    await appendFile(path, REST)
    await watched.until(/1 failed range, /)
    await watched.until(/held by drv-9 in leaky_grab \[leaky\]/)
    const printed = await watched.stop()
    expect(printed).toMatch(/grows\.txt:13: +drv-9 /)
    expect(printed.match(/^── /gm)?.length).toBeLessThanOrEqual(4)
  })

  test('ends with 1 at the first failure, where that is asked for', async () => {
    const path = join(folder, 'fails.txt')
    await writeFile(path, BEGINNING)
    const watched = new Watched(path, { untilFailure: true })
    await watched.until(/0 failed ranges/)
    await appendFile(path, REST)
    expect(await watched.ended).toEqual({ ok: true, value: { text: '', code: 1 } })
  })

  test('is begun anew when it is cut, and when another takes its place', async () => {
    const path = join(folder, 'rotated.txt')
    await writeFile(path, BEGINNING + REST)
    const watched = new Watched(path)
    await watched.until(/1 failed range, /)
    await writeFile(path, BEGINNING)
    await watched.until(/was cut or replaced: begun anew\n── 1\.\d+: 0 failed ranges/)
    await writeFile(join(folder, 'next.txt'), BEGINNING + REST)
    await rename(join(folder, 'next.txt'), path)
    await watched.until(/begun anew\n── [\d.]+: (0|1) failed range[^]*begun anew\n── [\d.]+: [^]*1 failed range, /)
    expect((await watched.stop()).match(/begun anew$/gm)).toHaveLength(2)
  })

  test('gives an object a line for machines', async () => {
    const path = join(folder, 'json.txt')
    await writeFile(path, BEGINNING + REST)
    const watched = new Watched(path, { isJson: true })
    await watched.until(/leaky_grab/)
    for (const line of (await watched.stop()).trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ schema: 'pinscope.report/1' })
    }
  })

  test('is refused when it is no text', async () => {
    const path = join(folder, 'binary.dat')
    await writeFile(path, Buffer.from([0x17, 0x08, 0x44, 0, 0]))
    const read = parseReport(['--watch', path])
    if (!read.ok) throw new Error(read.error)
    expect(await watchReport(read.value)).toMatchObject({
      ok: false,
      error: expect.stringContaining('only text') as unknown,
    })
  })
})

test('a pipe that does not end is told of as it comes, and what it gave is taken away', async () => {
  const path = join(folder, 'trace_pipe')
  execFileSync('mkfifo', [path])
  const watched = new Watched(path)
  const writer = await open(path, 'w')
  await writer.write(BEGINNING)
  await watched.until(/0 failed ranges/)
  await writer.write(REST)
  await watched.until(/trace_pipe:13: +drv-9 /)
  const printed = await watched.stop()
  await writer.close()
  expect(printed).toMatch(/^── [\d.]+: 1 failed range/m)
})

test('a pipe that ends is told of to its last line', async () => {
  const path = join(folder, 'ending_pipe')
  execFileSync('mkfifo', [path])
  const watched = new Watched(path)
  const writer = await open(path, 'w')
  await writer.write(BEGINNING + REST)
  await writer.close()
  expect(await watched.ended).toEqual({ ok: true, value: '' })
  await watched.until(/1 failed range/)
})

test('pinners are told of as they come', async () => {
  const path = join(folder, 'pinners.txt')
  await writeFile(path, BEGINNING + REST)
  const read = parsePinners(['--watch', path])
  if (!read.ok) throw new Error(read.error)
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  let printed = ''
  const ended = watchPinners(read.value, {
    stopped,
    lookMs: 5,
    print: (text) => {
      printed += text
      if (printed.includes('leaky')) stop()
    },
  })
  expect(await ended).toEqual({ ok: true, value: '' })
  expect(printed).toMatch(/drv-9/)
})

describe('a text that is being written is cut', () => {
  const EVENT = '  drv-9  [001] .....  1.200000: page_ref_mod: pfn=0x10\n'
  const STACK = '  drv-9  [001] .....  1.200001: <stack trace>\n => try_grab_page\n => leaky_ioctl\n'
  const cut = (text: string, isQuiet: boolean): Promise<number> =>
    wholeEntries((from, to) => Promise.resolve(Buffer.from(text).subarray(from, to)), Buffer.byteLength(text), isQuiet)

  test.each([
    ['before its last event, whose stack may still come', `${EVENT}${EVENT}`, false, EVENT.length],
    ['before its last event with what there is of its stack', `${EVENT}${EVENT}${STACK}`, false, EVENT.length],
    [
      'behind its last whole line when nothing comes any more',
      `${EVENT}${STACK} => do_sys`,
      true,
      EVENT.length + STACK.length,
    ],
    ['nowhere when no line is whole', 'drv-9', true, 0],
    ['nowhere when it is empty', '', false, 0],
  ])('%s', async (_where, text, isQuiet, expected) => {
    expect(await cut(text, isQuiet)).toBe(expected)
  })
})

test.each([
  [['--watch', 'a', 'b'], '--watch goes on with one file'],
  [['--watch', '--format', 'mail', 'a'], '--watch prints the report as text'],
  [['--until-failure', '--session', 's', 'a'], '--watch prints the whole report'],
])('%j is refused', (words, error) => {
  expect(parseReport(words)).toEqual({ ok: false, error: expect.stringContaining(error) as unknown })
})
