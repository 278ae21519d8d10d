import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Result } from '../../src/base/result.ts'
import { parseArguments } from '../../src/cli/arguments.ts'
import { runReport } from '../../src/cli/report-command.ts'
import { runRules } from '../../src/cli/rules-command.ts'
import { CLASS_RULES, OPERATION_RULES } from '../../src/derive/attribution/class-rules.ts'
import { KNOWN_PAIRS } from '../../src/derive/attribution/known-pairs.ts'
import { ruleSetHash, writeRuleFile } from '../../src/derive/attribution/rule-file.ts'
import { chooseRules, DEFAULT_RULES } from '../../src/derive/attribution/rule-set.ts'
import { type ReportJson } from '../../src/report/report-json.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const MINE = {
  id: 'leaky-is-mapped',
  class: 'mapping',
  on: 'get',
  frames: ['leaky_grab'],
  reason: 'the module maps the page',
  source: 'drivers/leaky.c',
} as const

const PAIR = {
  id: 'pair-mine',
  get: ['leaky_grab'],
  put: ['leaky_release'],
  reason: 'the module lets go',
  source: 'drivers/leaky.c',
} as const

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-rules-'))
  await given('trace.txt', tracedText(LEAK))
  await given('mine.json', fileOf(MINE))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function given(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

function fileOf(...rules: readonly unknown[]): string {
  return JSON.stringify({ schema: 'pinscope.rules/1', rules }, undefined, 2)
}

/** Runs a command line of `report` or `rules`; `@name` is a file of the folder. */
async function run(...words: readonly string[]): Promise<Result<string, string>> {
  const command = parseArguments(words.map((word) => (word.startsWith('@') ? join(folder, word.slice(1)) : word)))
  if (!command.ok) return command
  if (command.value.kind === 'rules') return runRules(command.value)
  if (command.value.kind === 'report') return runReport(command.value)
  throw new Error(`no command of these tests: ${command.value.kind}`)
}

async function printed(...words: readonly string[]): Promise<string> {
  const output = await run(...words)
  if (!output.ok) throw new Error(output.error)
  return output.value
}

async function refused(...words: readonly string[]): Promise<string> {
  const output = await run(...words)
  if (output.ok) throw new Error('it was not refused')
  return output.error
}

async function reportOf(...words: readonly string[]): Promise<ReportJson> {
  return JSON.parse(await printed('report', '--json', ...words))
}

function holdersIn({ failures }: ReportJson): readonly (string | null)[] {
  return failures.flatMap((failure) => failure.culprits.map((culprit) => culprit.function))
}

describe('the report by rules of one’s own', () => {
  test('a get that a rule file makes expected is no holder, and the report says by which rule', async () => {
    expect(holdersIn(await reportOf('@trace.txt'))).toEqual(['leaky_grab [leaky]'])
    const report = await reportOf('--rules', '@mine.json', '@trace.txt')
    expect(holdersIn(report)).toEqual([])
    expect(report.pinners).toEqual([])
    const hash = ruleSetHash(chooseRules({ extraRules: [MINE] }))
    expect(report.rules).toEqual({ hash, off: [], added: [MINE], replaced: [] })
    expect(await printed('report', '--rules', '@mine.json', '@trace.txt')).toContain(
      `\nRules of your own, ${hash}: added leaky-is-mapped (mapping)\n`,
    )
  })

  test('pairs of a person are named by the report', async () => {
    await given('pairs.json', JSON.stringify({ schema: 'pinscope.rules/1', rules: [], pairs: [PAIR] }))
    const report = await reportOf('--rules', '@pairs.json', '@trace.txt')
    const hash = ruleSetHash(chooseRules({ extraPairs: [PAIR] }))
    expect(report.rules).toEqual({ hash, off: [], added: [], replaced: [], pairs: [PAIR] })
    expect(report.rulesInForce).toMatch(/ \+ 1 pair of yours$/)
  })

  test('switching that rule off brings the holder back', async () => {
    const report = await reportOf('--rules', '@mine.json', '--without-rule', 'leaky-is-mapped', '@trace.txt')
    expect(holdersIn(report)).toEqual(['leaky_grab [leaky]'])
    expect(report.rules).toMatchObject({ off: ['leaky-is-mapped'], added: [] })
  })

  test('switching a rule of pinscope off shows whom it had hidden', async () => {
    await given('exec.txt', tracedText(LEAK.replace(/< try_grab_folio .*/, '< get_arg_page odd_caller')))
    expect(holdersIn(await reportOf('@exec.txt'))).toEqual([])
    const report = await reportOf('--without-rule=exec-argument-pages', '@exec.txt')
    expect(holdersIn(report)).toHaveLength(1)
    expect(report.failures[0].culprits[0].stack).toEqual(['get_arg_page', 'odd_caller'])
    expect(report.rules).toMatchObject({ off: ['exec-argument-pages'], added: [], replaced: [] })
  })

  test('a rule in the place of one of pinscope is told apart from a new one', async () => {
    await given('other.json', fileOf({ ...MINE, id: 'driver' }, MINE))
    const { rules } = await reportOf('--rules', '@other.json', '@trace.txt')
    expect(rules?.replaced.map(({ id }) => id)).toEqual(['driver'])
    expect(rules?.added.map(({ id }) => id)).toEqual(['leaky-is-mapped'])
  })

  test('the rules of pinscope are not worth a word, not even from a file', async () => {
    await given('same.json', await printed('rules', '--json'))
    const plain = await reportOf('@trace.txt')
    expect('rules' in plain).toBe(false)
    expect(await reportOf('--rules', '@same.json', '@trace.txt')).toEqual(plain)
    expect(await printed('report', '--rules', '@same.json', '@trace.txt')).toBe(await printed('report', '@trace.txt'))
  })
})

describe('rules --json', () => {
  test('prints the file that the browser saves, byte for byte', async () => {
    expect(await printed('rules', '--json')).toBe(writeRuleFile(DEFAULT_RULES))
    const set = chooseRules({ extraRules: [MINE], disabledRuleIds: ['driver'] })
    const text = await printed('rules', '--json', '--rules', '@mine.json', '--without-rule', 'driver')
    expect(text).toBe(writeRuleFile(set))
  })

  test('prints the same again from what it printed', async () => {
    const once = await printed('rules', '--json', '--rules', '@mine.json', '--without-rule', 'gup-get')
    await given('once.json', once)
    expect(await printed('rules', '--json', '--rules', '@once.json')).toBe(once)
  })
})

describe('rules as a list', () => {
  test('tells id, class, direction, reason, source and frames of every rule', async () => {
    const text = await printed('rules')
    const lines = text.split('\n')
    for (const [at, rule] of CLASS_RULES.entries()) {
      const on = rule.on === 'both' ? 'get and put' : rule.on
      const start = lines.indexOf(`${at + 1}. ${rule.id}  ${rule.class}  on ${on}`)
      expect(start).toBeGreaterThan(0)
      const own = lines.slice(start + 1, lines.indexOf('', start))
      expect(own).toEqual(
        expect.arrayContaining([
          `   ${rule.reason}`,
          `   source: ${rule.source}`,
          ...rule.frames.map((frame) => `   frame: ${frame}`),
        ]),
      )
    }
    for (const { id, reason } of OPERATION_RULES)
      expect(text).toMatch(new RegExp(`^   ${id}  .*${reason.slice(0, 9)}`, 'm'))
  })

  test('shows what was added first, and what is off as off', async () => {
    const lines = (await printed('rules', '--rules', '@mine.json', '--without-rule', 'driver')).split('\n')
    expect(lines[0]).toMatch(/^Rules of your own, [0-9a-f]{8}: off driver; added leaky-is-mapped \(mapping\)$/)
    expect(lines).toContain('1. leaky-is-mapped  mapping  on get')
    expect(lines).toContain('off: driver  driver  on get and put')
  })

  test('tells every known pair, those of a file first and those that are off last', async () => {
    const file = { schema: 'pinscope.rules/1', rules: [], pairs: [PAIR] }
    await given('pairs.json', JSON.stringify(file))
    const lines = (await printed('rules', '--rules', '@pairs.json', '--without-rule', 'pair-ksm')).split('\n')
    expect(lines[0]).toMatch(/^Rules of your own, [0-9a-f]{8}: off pair-ksm; known pairs pair-mine$/)
    const start = lines.findIndex((line) => /^\d+ known pairs, 1 switched off, version \d+: a prior/.test(line))
    const told = lines.slice(start).filter((line) => /^(?:off: )?pair-/.test(line))
    const builtIn = KNOWN_PAIRS.map(({ id }) => id).filter((id) => id !== 'pair-ksm')
    expect(told).toEqual(['pair-mine', ...builtIn, 'off: pair-ksm'])
    const mine = lines.slice(lines.indexOf('pair-mine'), lines.indexOf('pair-mine') + 5)
    expect(mine).toEqual([
      'pair-mine',
      `   ${PAIR.reason}`,
      `   source: ${PAIR.source}`,
      '   get: leaky_grab',
      '   put: leaky_release',
    ])
  })

  test('a rule file cannot forge lines or move the cursor', async () => {
    await given('forged.json', fileOf({ ...MINE, reason: 'harmless\n1. driver\u001b[2J', source: 'here\u202e' }))
    const text = await printed('rules', '--rules', '@forged.json')
    expect(text).toContain('   harmless\\x0a1. driver\\x1b[2J\n   source: here\\u202e\n')
  })
})

describe('what is refused in one line', () => {
  test.each([
    ['a class that does not exist', fileOf({ ...MINE, class: 'pin' }), ':6: "class" is one of '],
    ['a field that does not exist', fileOf({ ...MINE, frame: 'x' }), ':13: "frame" is none of '],
    ['a pattern that is none', fileOf({ ...MINE, frames: ['a('] }), ':9: Invalid regular expression'],
    ['a comma too many', '{\n  "schema": "pinscope.rules/1",\n}', ':3: a name in double quotes'],
    ['a file of another kind', tracedText(LEAK), ':1: a value is expected here'],
    ['an empty file', '', ':1: the text ends too early'],
  ])('%s, with file and line', async (_what, text, words) => {
    const path = await given('wrong.json', text)
    for (const rest of [['rules'], ['report', '@trace.txt']]) {
      const message = await refused(...rest, '--rules', path)
      expect(message.slice(0, (path + words).length)).toBe(path + words)
      expect(message).not.toContain('\n')
    }
  })

  test('a rule file that cannot be read', async () => {
    expect(await refused('rules', '--rules', '@none.json')).toBe(`${join(folder, 'none.json')}: no such file or folder`)
    expect(await refused('report', '--rules', folder, '@trace.txt')).toBe(`${folder}: a folder, not a file`)
  })

  test('a file far too long for rules, without reading it whole', async () => {
    await truncate(await given('long.json', ''), 2 ** 32)
    expect(await refused('rules', '--rules', '@long.json')).toBe(
      `${join(folder, 'long.json')}: no rule file, it has more than 16 MiB`,
    )
  })

  test('an unknown id, with those that are near', async () => {
    expect(await refused('rules', '--without-rule', 'drivr')).toBe(
      '--without-rule: no rule is called "drivr"; near: driver',
    )
    expect(await refused('report', '--without-rule', 'driver', '--without-rule', 'zzzzz', '@trace.txt')).toBe(
      '--without-rule: no rule is called "zzzzz"; pinscope rules lists them',
    )
    expect(await refused('rules', '--without-rule', 'pair-process-vn')).toBe(
      '--without-rule: no known pair is called "pair-process-vn"; near: pair-process-vm',
    )
    expect(await refused('rules', '--rules', '@mine.json', '--without-rule', 'leaky-mapped')).toContain(
      'leaky-is-mapped',
    )
  })

  test.each(OPERATION_RULES.map(({ id }) => id))('%s, which no rule decides', async (id) => {
    expect(await refused('rules', '--without-rule', id)).toContain(`"${id}" cannot be switched off`)
  })
})

test('a byte order mark before a rule file does no harm', async () => {
  await given('marked.json', `\ufeff${fileOf(MINE)}`)
  expect(await printed('rules', '--rules', '@marked.json')).toBe(await printed('rules', '--rules', '@mine.json'))
})
