import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { FILTER_FIELDS, FILTER_SYNTAX } from '../../../src/base/filter-docs.ts'
import { type FilterNode, type FilterValue } from '../../../src/queries/filter/filter-node.ts'
import { printFilter } from '../../../src/queries/filter/print-filter.ts'
import { readFilter } from '../../../src/queries/filter/read-filter.ts'

const NOWHERE = { start: 0, end: 0 }
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('or', 'AND', 'not', 'a"b', 'x\\', '(sd-pam)', 'kworker/0:1', '~x', '/y/', '*', '-1'),
)
const pattern: fc.Arbitrary<FilterValue> = fc.oneof(
  text.map((value) => ({ ...NOWHERE, kind: 'exact' as const, text: value })),
  text.map((value) => ({ ...NOWHERE, kind: 'part' as const, text: value })),
  fc.stringMatching(/^[a-z_.]{0,4}\*[a-z*]{0,4}$/).map((value) => ({ ...NOWHERE, kind: 'wild' as const, text: value })),
  fc.record({
    start: fc.constant(0),
    end: fc.constant(0),
    kind: fc.constant('regex' as const),
    text: fc.constantFrom('^nv_(un)?map', 'a b', 'x\\/y', '[,|"]'),
    flags: fc.constantFrom('' as const, 'i' as const),
  }),
)
const exact = (value: string): FilterValue => ({ ...NOWHERE, kind: 'exact', text: value })
const term: fc.Arbitrary<FilterNode> = fc.oneof(
  fc.record({
    kind: fc.constant('term' as const),
    start: fc.constant(0),
    end: fc.constant(0),
    field: fc.constantFrom('stack' as const, 'comm' as const, 'op' as const),
    comparison: fc.constantFrom(':' as const, '!=' as const),
    values: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('term' as const),
    start: fc.constant(0),
    end: fc.constant(0),
    field: fc.constant('any' as const),
    comparison: fc.constant(':' as const),
    values: pattern.map((value) => [value]),
  }),
  fc
    .tuple(fc.constantFrom(':' as const, '!=' as const, '>' as const, '<=' as const), fc.integer())
    .map(([comparison, value]) => ({
      ...NOWHERE,
      kind: 'term' as const,
      field: 'count' as const,
      comparison,
      values: [exact(String(value))],
    })),
)

/** Trees as they are read: no part of `and` is an `and`, no part of `or` an `or`. */
const node = fc.letrec<{ tree: FilterNode; and: FilterNode; or: FilterNode; not: FilterNode }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, term, tie('and'), tie('or'), tie('not')),
  not: tie('tree').map((part) => ({ ...NOWHERE, kind: 'not' as const, part })),
  and: fc
    .array(fc.oneof({ maxDepth: 3 }, term, tie('or'), tie('not')), { minLength: 2, maxLength: 3 })
    .map((parts) => ({ ...NOWHERE, kind: 'and' as const, parts })),
  or: fc
    .array(fc.oneof({ maxDepth: 3 }, term, tie('and'), tie('not')), { minLength: 2, maxLength: 3 })
    .map((parts) => ({ ...NOWHERE, kind: 'or' as const, parts })),
})).tree

function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, held) => (key === 'start' || key === 'end' ? undefined : held)))
}

describe('the filter language', () => {
  propertyTest.prop([node])('is read as it was printed', (tree) => {
    const { node: read, errors } = readFilter(printFilter(tree))
    expect(errors).toEqual([])
    expect(withoutSpans(read)).toEqual(withoutSpans(tree))
  })

  const pieces = fc.constantFrom(
    '(',
    ')',
    '"',
    ',',
    '|',
    '-',
    '!',
    '~',
    '/',
    ':',
    '>',
    '=',
    ' ',
    'op',
    'count',
    'or',
    'not',
    '3',
    '0x',
    '*',
  )
  propertyTest.prop([
    fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
    ),
  ])('gives for any text a tree or errors that lie in it', (given) => {
    const { node: tree, errors } = readFilter(given)
    expect(tree === undefined).toBe(errors.length > 0 || given.trim() === '')
    for (const { start, end, message } of [...errors, ...spansOf(tree)]) {
      expect(start).toBeGreaterThanOrEqual(0)
      expect(start).toBeLessThan(end)
      expect(end).toBeLessThanOrEqual(given.length)
      expect(message).not.toBe('')
    }
  })

  test.each([...FILTER_FIELDS, ...FILTER_SYNTAX].map(({ example }) => [example]))(
    'reads the example of its documentation: %s',
    (example) => {
      expect(readFilter(example).errors).toEqual([])
    },
  )

  test.each([
    ['op:mod_unless ret:0', 'op:mod_unless ret:0'],
    ['op:set AND cpu = 3 && count >= 0x10', 'op:set cpu:3 count>=0x10'],
    ['a | b || c or d e', 'a or b or c or d e'],
    ['!(a b) NOT c -d', '-(a b) -c -d'],
    ['(a (b c)) (d)', 'a b c d'],
    ['page:0x10 task:cat', 'pfn:0x10 comm:cat'],
    ['"or" or or1', '"or" or or1'],
  ])('takes %s for %s', (given, printed) => {
    const { node: tree, errors } = readFilter(given)
    expect(errors).toEqual([])
    expect(tree && printFilter(tree)).toBe(printed)
  })

  test.each([
    ['op:set cuont>3', 7, 'cuont', 'no field cuont'],
    ['coun>3', 0, 'coun', 'did you mean count:'],
    ['pfn:1f4b4', 4, '1f4b4', 'write 0x1f4b4'],
    ['pfn:9-3', 4, '9-3', 'runs backwards'],
    ['pfn:3-3', 4, '3-3', 'empty'],
    ['(op:set', 0, '(', 'not closed'],
    ['op:set)', 6, ')', 'nothing is open'],
    ['op:', 2, ':', 'a value is missing'],
    ['op:set or', 8, 'r', 'a term is missing'],
    ['comm:"x', 5, '"x', 'not closed'],
    ['stack:/(/', 6, '/(/', 'no regular expression'],
    ['class:gup', 6, 'gup', 'class is one of allocation'],
    ['comm>3', 0, 'comm>3', 'comm is no number'],
    ['count>1,2', 0, 'count>1,2', 'takes one value'],
    ['near<10', 5, '10', 'with ns, us, ms or s'],
    ['hash:abc', 5, 'abc', '16 hex digits'],
    ['set, mod', 3, ',', 'a comma stands between values'],
  ])('objects to %s', (given, start, underlined, words) => {
    const [error] = readFilter(given).errors
    expect(error.message).toContain(words)
    expect([error.start, given.slice(error.start, error.end)]).toEqual([start, underlined])
  })

  test('tells all terms that are wrong, not the first alone', () => {
    expect(readFilter('cuont>3 (ret:x) class:y').errors.map(({ start }) => start)).toEqual([0, 13, 22])
  })

  test.each([
    ['terms', Array.from({ length: 501 }, (_, at) => `pfn:${at}`).join(' or '), 'more than 500 terms'],
    ['patterns', `comm:${Array.from({ length: 501 }, (_, at) => `~a${at}`).join(',')}`, 'more than 500 patterns'],
    ['expressions', `stack:/${'a'.repeat(900)}/ `.repeat(5), 'more than 4000 characters'],
    ['steps', 'stack:/(a{999}){999}/', 'more than 1000 steps'],
    ['looks', 'stack:/^(?!kswapd)/', 'or - before one'],
  ])('refuses too many %s with what to write instead', (_, given, words) => {
    const [error] = readFilter(given).errors
    expect(error.message).toContain(words)
    expect(error.end).toBeGreaterThan(error.start)
    expect(error.end).toBeLessThanOrEqual(given.length)
  })

  test('takes a list of thousands of pages, which are values and no patterns', () => {
    const pfns = Array.from({ length: 20_000 }, (_, at) => at).join(',')
    expect(readFilter(`pfn:${pfns}`).errors).toEqual([])
  })

  test('refuses what is nested beyond all sense', () => {
    expect(readFilter(`${'('.repeat(50_000)}a`).errors[0].message).toContain('nested')
    expect(readFilter(`${'-'.repeat(50_000)}a`).errors[0].message).toContain('nested')
  })
})

interface Spanned {
  readonly start: number
  readonly end: number
  readonly message: string
}

function spansOf(tree: FilterNode | undefined): readonly Spanned[] {
  if (tree === undefined) return []
  const own = { start: tree.start, end: tree.end, message: 'a node' }
  if (tree.kind === 'term') return [own, ...tree.values.map(({ start, end }) => ({ start, end, message: 'a value' }))]
  return [own, ...(tree.kind === 'not' ? spansOf(tree.part) : tree.parts.flatMap(spansOf))]
}
