import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { hashText } from '../../../src/base/hash.ts'
import { CLASS_RULES } from '../../../src/derive/attribution/class-rules.ts'
import {
  mergeChoices,
  parseRuleFile,
  RULE_FILE_SCHEMA,
  ruleSetHash,
  writeOwnRules,
  writeRuleFile,
} from '../../../src/derive/attribution/rule-file.ts'
import { KNOWN_PAIRS, type KnownPair } from '../../../src/derive/attribution/known-pairs.ts'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import { chooseRules, DEFAULT_RULES, type RuleChoice } from '../../../src/derive/attribution/rule-set.ts'
import { derive } from '../../../src/derive/derive.ts'
import { type Derived } from '../../../src/derive/derived.ts'
import { toldCapture } from '../../support/told-capture.ts'

const MINE = {
  id: 'my-driver',
  class: 'driver',
  on: 'both',
  frames: ['my_grab\\w*'],
  reason: 'my driver keeps what it grabs',
  source: 'drivers/my/grab.c',
} as const

function choiceOf(text: string): RuleChoice {
  const read = parseRuleFile(text)
  if (!read.ok) throw new Error(`line ${read.error.line}: ${read.error.message}`)
  return read.value
}

const PAIR = {
  id: 'pair-mine',
  get: ['my_grab\\w*'],
  put: ['my_drop\\w*'],
  reason: 'what my driver grabs it drops',
  source: 'drivers/my/grab.c',
} as const

/** A rule file with pairs alone. */
const pairsFileOf = (...pairs: readonly unknown[]): string =>
  JSON.stringify({ schema: RULE_FILE_SCHEMA, rules: [], pairs }, undefined, 2)

const fileOf = (...rules: readonly unknown[]): string =>
  JSON.stringify({ schema: RULE_FILE_SCHEMA, rules }, undefined, 2)

test('the rules that come with pinscope, written and read, change nothing', () => {
  expect(choiceOf(writeRuleFile(DEFAULT_RULES))).toEqual({ extraRules: [], extraPairs: [], disabledRuleIds: [] })
  expect(ruleSetHash(DEFAULT_RULES)).toBe('')
})

test('a file with one new rule adds it before the others', () => {
  const { rules } = chooseRules(choiceOf(fileOf(MINE)))
  expect(rules).toEqual([MINE, ...CLASS_RULES])
})

test('a helper gives way to a caller that only an added rule knows', () => {
  const { trace, derived } = toldCapture('drv-9 0 1.0 +1 pfn=0x9 count=2 < try_grab_folio my_grab_pages ksys_mine')
  const judged = derive(trace, choiceOf(fileOf({ ...MINE, class: 'io' })))
  const classesOf = ({ holds }: Derived): readonly string[] =>
    Array.from({ length: holds.length }, (_, hold) => REFERENCE_CLASSES[holds.class[hold]].id)
  expect(classesOf(derived)).toEqual(['gup_get'])
  expect(classesOf(judged)).toEqual(['io'])
})

test('a rule is switched off where the file says so, and can be read again', () => {
  const set = chooseRules(choiceOf(fileOf({ ...CLASS_RULES[0], off: true })))
  expect(set.disabled).toEqual([CLASS_RULES[0]])
  expect(chooseRules(choiceOf(writeRuleFile(set)))).toEqual(set)
})

test('a rule is asked where its file places it', () => {
  const placed = (place: object): readonly string[] =>
    chooseRules(choiceOf(fileOf({ ...MINE, ...place }))).rules.map(({ id }) => id)
  const known = CLASS_RULES.map(({ id }) => id)
  const at = known.indexOf('gup-get')
  expect(placed({ before: 'gup-get' })).toEqual(known.toSpliced(at, 0, 'my-driver'))
  expect(placed({ after: 'gup-get' })).toEqual(known.toSpliced(at + 1, 0, 'my-driver'))
})

test('of rules that know the same frame the place decides', () => {
  const { trace } = toldCapture('drv-9 0 1.0 +1 pfn=0x9 count=2 < try_get_folio my_ioctl vfs_ioctl')
  const classOf = (place: object): string => {
    const rule = { ...MINE, class: 'io', frames: ['my_ioctl'], ...place }
    const { holds } = derive(trace, choiceOf(fileOf(rule)))
    return REFERENCE_CLASSES[holds.class[0]].id
  }
  expect(classOf({})).toBe('io')
  expect(classOf({ before: 'driver' })).toBe('io')
  expect(classOf({ after: 'driver' })).toBe('driver')
})

test('a pin gives way to a rule of a person alone', () => {
  const { trace, derived } = toldCapture(
    'drv-9 0 1.0 +1024 pfn=0x9 count=1025 < try_grab_folio pin_user_pages my_grab_it',
  )
  const judged = derive(trace, choiceOf(fileOf({ ...MINE, class: 'io' })))
  const classesOf = ({ holds }: Derived): string => REFERENCE_CLASSES[holds.class[0]].id
  expect(classesOf(derived)).toBe('gup_pin')
  expect(classesOf(judged)).toBe('io')
})

test('what a person changed is a small file, which makes the same rules', () => {
  const set = chooseRules({ extraRules: [{ ...MINE, before: 'driver' }], disabledRuleIds: ['ksm'] })
  const text = writeOwnRules(set)
  expect(JSON.parse(text)).toMatchObject({ rules: [{ id: 'my-driver' }, { id: 'ksm', off: true }] })
  expect(chooseRules(choiceOf(text))).toEqual(set)
})

test('a file of before there were known pairs is read, and changes no pair', () => {
  const set = chooseRules(choiceOf(fileOf(MINE)))
  expect(set.pairs).toEqual(DEFAULT_RULES.pairs)
})

test('a pair of a person comes first, takes the place of the one with its id, or is switched off', () => {
  const known = KNOWN_PAIRS.map(({ id }) => id)
  const pairsOf = (...pairs: readonly unknown[]): readonly KnownPair[] =>
    chooseRules(choiceOf(pairsFileOf(...pairs))).pairs
  expect(pairsOf(PAIR)).toEqual([PAIR, ...KNOWN_PAIRS])
  expect(pairsOf({ ...PAIR, id: 'pair-ksm' }).map(({ id }) => id)).toEqual(known)
  expect(pairsOf({ ...PAIR, id: 'pair-ksm' }).find(({ id }) => id === 'pair-ksm')?.get).toEqual(PAIR.get)
  expect(pairsOf({ id: 'pair-ksm', off: true }).map(({ id }) => id)).toEqual(known.filter((id) => id !== 'pair-ksm'))
  expect(pairsOf({ ...PAIR, off: true })).toEqual(KNOWN_PAIRS)
})

test('pairs that a person changed are in the small file, and in the hash that tells sets apart', () => {
  const set = chooseRules({ extraPairs: [PAIR], disabledRuleIds: ['pair-ksm'] })
  const text = writeOwnRules(set)
  expect(JSON.parse(text)).toMatchObject({ rules: [], pairs: [PAIR, { id: 'pair-ksm', off: true }] })
  expect(chooseRules(choiceOf(text))).toEqual(set)
  const hashes = [
    {},
    { extraPairs: [PAIR] },
    { disabledRuleIds: ['pair-ksm'] },
    { extraPairs: [{ ...PAIR, put: ['x'] }] },
  ].map((choice) => ruleSetHash(chooseRules(choice)))
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('rules alone have the file and the hash that they had before there were pairs', () => {
  const set = chooseRules({ extraRules: [MINE] })
  expect(Object.keys(JSON.parse(writeOwnRules(set)) as object)).toEqual(['schema', 'version', 'rules'])
  const { version, rules } = set
  const fields = rules.map((rule) => {
    const { id, class: of, on, frames, reason, source, givesWayTo = null, matchesModules = false } = rule
    return [id, of, on, frames, reason, source, givesWayTo, matchesModules, rule.before ?? null, rule.after ?? null]
  })
  expect(ruleSetHash(set)).toBe(hashText(JSON.stringify([version, fields, []])).slice(0, 8))
})

test('a second file is merged pair by pair', () => {
  const before = choiceOf(pairsFileOf(PAIR, { id: 'pair-ksm', off: true }))
  const other = { ...PAIR, id: 'pair-other' }
  const merged = mergeChoices(
    before,
    choiceOf(pairsFileOf({ ...PAIR, put: ['mine'] }, other, { id: 'pair-bio', off: true })),
  )
  expect(merged.extraPairs).toEqual([{ ...PAIR, put: ['mine'] }, other])
  expect(merged.disabledRuleIds).toEqual(['pair-ksm', 'pair-bio'])
})

test('a second file is merged: new rules are added, known ones replaced, switches set as it says', () => {
  const before = choiceOf(fileOf(MINE, { id: 'ksm', off: true }))
  const merged = mergeChoices(before, choiceOf(fileOf({ ...MINE, class: 'io' }, { id: 'driver', off: true })))
  expect(merged.extraRules).toEqual([{ ...MINE, class: 'io' }])
  expect(merged.disabledRuleIds).toEqual(['ksm', 'driver'])
})

const ids = CLASS_RULES.map((rule) => rule.id)
const pairIds = KNOWN_PAIRS.map((pair) => pair.id)
const names = fc.array(fc.stringMatching(/^[a-z_]{1,10}$/), { minLength: 1, maxLength: 3 })
const choices = fc.record({
  disabledRuleIds: fc.tuple(fc.subarray(ids), fc.subarray(pairIds)).map((both) => both.flat()),
  extraPairs: fc.uniqueArray(
    fc.record(
      {
        id: fc.oneof(fc.stringMatching(/^pair-mine-[a-z0-9]{1,8}$/), fc.constantFrom(...pairIds)),
        get: names,
        put: names,
        isSameModule: fc.boolean(),
        reason: fc.constant('mine'),
        source: fc.constant('mm/gup.c'),
      },
      { requiredKeys: ['id', 'get', 'put', 'reason', 'source'] },
    ),
    { maxLength: 3, selector: (pair) => pair.id },
  ),
  extraRules: fc.uniqueArray(
    fc.record({
      id: fc.oneof(fc.stringMatching(/^mine-[a-z0-9]{1,8}$/), fc.constantFrom(...ids)),
      class: fc.constantFrom('driver' as const, 'lru' as const),
      on: fc.constantFrom('get' as const, 'put' as const, 'both' as const),
      frames: names,
      reason: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
      source: fc.constant('mm/gup.c'),
    }),
    { maxLength: 3, selector: (rule) => rule.id },
  ),
})

/** In an order of their own: two sets of objects would be compared each with each. */
function byId<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

propertyTest.prop([choices])('rules that are written and read are the same rules, with the same hash', (choice) => {
  const set = chooseRules(choice)
  const again = chooseRules(choiceOf(writeRuleFile(set)))
  expect(ruleSetHash(again)).toBe(ruleSetHash(set))
  expect(byId(again.disabled)).toEqual(byId(set.disabled))
  expect(byId(again.rules)).toEqual(byId(set.rules))
  expect(byId(again.disabledPairs)).toEqual(byId(set.disabledPairs))
  expect(byId(again.pairs)).toEqual(byId(set.pairs))
  const changes = [choice.disabledRuleIds, choice.extraRules, choice.extraPairs]
  expect(ruleSetHash(set) === '').toBe(changes.every(({ length }) => length === 0))
})

describe('a file that is wrong is refused with its line:', () => {
  test.each([
    ['no JSON', '{\n  "schema": oops\n}', 2, /a value is expected/],
    ['a text without its end', '{\n  "schema": "pin\n}', 2, /does not end/],
    ['a comma too many', `{ "schema": "${RULE_FILE_SCHEMA}",\n "rules": [\n ],\n}`, 4, /a name in double quotes/],
    ['an end too early', '{', 1, /double quotes|too early/],
    ['another schema', '{\n  "schema": "eslint"\n}', 2, /"schema" must be/],
    ['rules that are no list', `{\n"schema": "${RULE_FILE_SCHEMA}",\n"rules": {}}`, 3, /is a list/],
    ['a newer version', `{\n"schema": "${RULE_FILE_SCHEMA}",\n"version": 999, "rules": []}`, 3, /of version 999/],
    ['an unknown class', fileOf({ ...MINE, class: 'pin' }), 6, /"class" is one of allocation/],
    ['an id in capitals', fileOf({ ...MINE, id: 'Mine' }), 5, /is no id/],
    ['the id of a class', fileOf({ ...MINE, id: 'mapping' }), 5, /something else already/],
    ['no reason', fileOf({ ...MINE, reason: ' ' }), 11, /"reason" needs a text/],
    ['a pattern that is none', fileOf({ ...MINE, frames: ['a', '('] }), 10, /[Rr]egular expression|group/],
    ['a pattern that may take for ever', fileOf({ ...MINE, frames: ['(a\\w+)+x'] }), 9, /repeated group/],
    ['a pattern that looks around', fileOf({ ...MINE, frames: ['(?!a)b'] }), 9, /looking around/],
    ['a pattern that repeats too much', fileOf({ ...MINE, frames: ['a{2000}'] }), 9, /more than 1000 steps/],
    ['one that has many ways to fit', fileOf({ ...MINE, frames: ['(?:a|\\w)+x'] }), 9, /repeated group/],
    ['no pattern', fileOf({ ...MINE, frames: [] }), 8, /needs a pattern/],
    ['two places', fileOf({ ...MINE, before: 'ksm', after: 'ksm' }), 13, /not both/],
    ['a place beside nobody', fileOf({ ...MINE, after: 'nobody' }), 13, /no rule of pinscope is called/],
    ['a place for a rule that has one', fileOf({ ...MINE, id: 'ksm', after: 'driver' }), 13, /has its place/],
    ['a pattern for nothing', fileOf({ ...MINE, frames: ['.*'] }), 9, /without a name/],
    ['a field misspelt', fileOf({ ...MINE, frame: [] }), 13, /"frame" is none of id, class/],
    ['one id twice', fileOf(MINE, MINE), 15, /two rules are called "my-driver"/],
    ['a rule with the id of a pair', fileOf({ ...MINE, id: 'pair-ksm' }), 5, /stands under "pairs"/],
    ['pairs that are no list', `{\n"schema": "${RULE_FILE_SCHEMA}",\n"rules": [],\n"pairs": 1}`, 4, /is a list/],
    [
      'newer pairs',
      `{\n"schema": "${RULE_FILE_SCHEMA}",\n"rules": [],\n"pairsVersion": 999, "pairs": []}`,
      4,
      /these pairs are of version 999/,
    ],
    ['a pair with the id of a rule', pairsFileOf({ ...PAIR, id: 'ksm' }), 6, /"ksm" is no id of a pair: "pair-" and/],
    ['a pair that takes by nothing', pairsFileOf({ ...PAIR, get: [] }), 7, /"get" needs a pattern/],
    ['a pair without a side', pairsFileOf({ ...PAIR, put: undefined }), 5, /"put" is a list/],
    ['a pattern of a pair that is none', pairsFileOf({ ...PAIR, put: ['('] }), 11, /[Rr]egular expression|group/],
    ['a field of a pair misspelt', pairsFileOf({ ...PAIR, frames: [] }), 15, /"frames" is none of id, get, put/],
    ['a pair without a reason', pairsFileOf({ ...PAIR, reason: '' }), 13, /"reason" needs a text/],
    ['one pair twice', pairsFileOf(PAIR, PAIR), 17, /two pairs are called "pair-mine"/],
    ['a way given to nobody', fileOf({ ...MINE, givesWayTo: ['nobody'] }), 14, /no rule is called "nobody"/],
  ])('%s', (_, text, line, message) => {
    const read = parseRuleFile(text)
    expect(read).toMatchObject({ ok: false, error: { line, message: expect.stringMatching(message) as unknown } })
  })
})
