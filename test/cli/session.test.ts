import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { runReport } from '../../src/cli/report-command.ts'
import { runSession } from '../../src/cli/session-command.ts'
import { parseSession, sessionText } from '../../src/session/session-file.ts'
import { EMPTY_SESSION, mergeSessions, writeField } from '../../src/session/session.ts'
import { type Subject } from '../../src/session/subject.ts'

const TRACE = `# tracer: nop
            drv-9     [000] .....     1.100000: page_ref_mod_unless: pfn=0x100 flags=uptodate count=2 mapcount=0 mapping=0 mt=1 val=1 ret=1
            drv-9     [000] .....     1.100001: <stack trace>
 => leaky_grab
 => __x64_sys_ioctl
            init-1    [001] .....     2.000000: test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-session-'))
  await writeFile(join(folder, 'trace.txt'), TRACE)
})

/** A session of one person, about one subject. */
const sessionOf = (id: string, by: string, subject: Subject, said: Readonly<Record<string, string>>, about = {}) =>
  Object.entries(said).reduce(
    (session, [field, value], at) =>
      writeField(session, {
        names: [subject],
        about: { file: 'old.txt', ...about },
        field: field as 'verdict' | 'note',
        ids: [],
        values: [{ id: `${id}.${at + 1}`, by, at: 1_780_000_000_000, value }],
      }),
    EMPTY_SESSION,
  )

const STACK: Subject = { kind: 'stack', stack: '0011223344556677' }

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('session merge', () => {
  const ann = sessionOf('aaaaaaaa', 'Ann', STACK, { verdict: 'noise' }, { holder: 'leaky_grab' })
  const bob = sessionOf('bbbbbbbb', 'B\u001b[31mob', STACK, { verdict: 'fixed' })

  test('writes what both say, lists what they differ on, and ends with 1', async () => {
    const paths = [await file('ann.json', sessionText(ann)), await file('bob.json', sessionText(bob))]
    const output = join(folder, 'both.json')
    const outcome = await runSession({ kind: 'session', paths, output })
    expect(outcome).toEqual({
      ok: true,
      value: {
        code: 1,
        text: 'stack of leaky_grab: verdict: Ann: noise | B\\x1b[31mob: fixed\n1 conflict to settle\n',
      },
    })
    expect(await readFile(output, 'utf8')).toBe(sessionText(mergeSessions(bob, ann)))
  })

  test('of sessions that agree ends with 0, and prints the session where no file is named', async () => {
    const path = await file('ann.json', sessionText(ann))
    const outcome = await runSession({ kind: 'session', paths: [path, path] })
    expect(outcome).toEqual({ ok: true, value: { code: 0, text: sessionText(ann) } })
  })

  test('refuses what is no session, and names the file', async () => {
    const path = await file('ann.json', sessionText(ann))
    const wrong = await file('wrong.json', '{"pinscope":"session","version":7,"entries":[]}')
    const outcome = await runSession({ kind: 'session', paths: [path, wrong], output: join(folder, 'none.json') })
    expect(!outcome.ok && outcome.error).toContain(
      'wrong.json is no session that can be read. It is a session of version 7',
    )
    const missing = await runSession({ kind: 'session', paths: [path, join(folder, 'missing.json')] })
    expect(!missing.ok && missing.error).toContain('missing.json')
  })

  test('says how it is called', () => {
    expect(parseArguments(['session', 'merge', 'a', 'b', '-o', 'c'])).toEqual({
      ok: true,
      value: { kind: 'session', paths: ['a', 'b'], output: 'c' },
    })
    for (const words of [['session'], ['session', 'split', 'a', 'b'], ['session', 'merge', 'a']])
      expect(parseArguments(words).ok).toBe(false)
  })
})

describe('report --session', () => {
  const report = async (session: string, isJson: boolean): Promise<string> => {
    const paths = [join(folder, 'trace.txt')]
    const outcome = await runReport({ kind: 'report', paths, isJson, session })
    return outcome.ok ? outcome.value : outcome.error
  }

  test('prints verdict, note and what is carried over beside the finding, in text and in JSON', async () => {
    const empty = await file('empty.json', sessionText(EMPTY_SESSION))
    const found = JSON.parse(await report(empty, true)) as {
      readonly inputs: readonly { readonly sha256: string }[]
      readonly failures: readonly { readonly id: string; readonly said: unknown }[]
    }
    expect(found.failures[0].said).toMatchObject({ verdict: null, conflicts: [], carried: [] })
    const hash = found.inputs[0].sha256.slice(0, 16)
    const own = { kind: 'range', hash, failure: found.failures[0].id } as const
    const said = sessionOf('aaaaaaaa', 'Ann', own, { verdict: 'suspect', note: 'first\nsecond \u001b[2J' })
    const path = await file('said.json', sessionText(said))
    const text = await report(path, false)
    expect(text).toContain('\n   triage verdict: suspect (Ann, 2026-05-28)\n')
    expect(text).toContain('\n   note: first (Ann, 2026-05-28)\n     second \\x1b[2J\n')
    const again = JSON.parse(await report(path, true)) as typeof found
    expect(again.failures[0].said).toMatchObject({ verdict: 'suspect', note: 'first\nsecond \u001b[2J', conflicts: [] })
  })

  test('says that people differ', async () => {
    const empty = await file('empty.json', sessionText(EMPTY_SESSION))
    const found = JSON.parse(await report(empty, true)) as {
      readonly inputs: readonly { readonly sha256: string }[]
      readonly failures: readonly { readonly id: string }[]
    }
    const own = { kind: 'range', hash: found.inputs[0].sha256.slice(0, 16), failure: found.failures[0].id } as const
    const both = mergeSessions(
      sessionOf('aaaaaaaa', 'Ann', own, { verdict: 'suspect' }),
      sessionOf('bbbbbbbb', '', own, { verdict: 'wont_fix' }),
    )
    const text = await report(await file('both.json', sessionText(both)), false)
    expect(text).toContain('triage verdict, people differ: suspect (Ann, 2026-05-28)')
    expect(text).toContain("triage verdict, people differ: won't fix (no name given, 2026-05-28)")
  })

  test('refuses a file that is no session', async () => {
    expect(await report(join(folder, 'trace.txt'), false)).toContain('trace.txt is no session that can be read')
    const newer = await file('newer.json', '{"pinscope":"session","version":7,"entries":[]}')
    for (const isJson of [false, true]) expect(await report(newer, isJson)).toContain('A newer pinscope wrote it.')
    const cut = await file('cut.json', '{"pinscope":"session","vers')
    expect(await report(cut, true)).toContain('It is no JSON, or was cut short.')
  })
})

test('the golden session of version 1 merges with itself without a change', async () => {
  const text = await readFile(new URL('../fixtures/session/pinscope-session-v1.json', import.meta.url), 'utf8')
  const path = await file('golden.json', text)
  const outcome = await runSession({ kind: 'session', paths: [path, path] })
  expect(outcome).toMatchObject({ ok: true, value: { code: 1 } })
  const read = parseSession(outcome.ok ? outcome.value.text : '')
  expect(read.ok && sessionText(read.value)).toBe(text)
})
