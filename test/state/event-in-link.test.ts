import { expect, test } from 'vitest'
import { withEventAsLinked, withEventHere } from '../../src/state/event-in-link.ts'
import { DEFAULT_VIEW, parseView, serializeView } from '../../src/state/view-state.ts'

/** The file of the link, opened by a name. */
const openedAs = (name: string, hash = '0123456789abcdef') => ({
  name,
  sizeBytes: 77,
  hash: { kind: 'known', sha256: hash.repeat(4) } as const,
})

const linked = parseView('/pfn', { v: '2', f: 'trace.txt~0123456789abcdef~77', event: ':8127' })

test('the event of a link is found in its file whatever the file is called here', () => {
  expect(linked.event).toBe('trace.txt:8127')
  expect(withEventHere(linked, [openedAs('of-the-lab')]).event).toBe('of-the-lab:8127')
  expect(withEventHere(linked, [openedAs('trace.txt')])).toBe(linked)
  expect(withEventHere(linked, [])).toBe(linked)
})

test('what is selected here is linked to as others find it', () => {
  const here = { ...linked, event: 'of-the-lab:9' }
  expect(serializeView(withEventAsLinked(here, [openedAs('of-the-lab')])).parameters['event']).toBe(':9')
})

test('an event of another file, and of no known file, stays', () => {
  expect(withEventHere({ ...linked, event: 'other.txt:5' }, [openedAs('of-the-lab')]).event).toBe('other.txt:5')
  expect(withEventHere({ ...DEFAULT_VIEW, event: 'trace.txt:5' }, [openedAs('of-the-lab')]).event).toBe('trace.txt:5')
})

test('a long name that is cut in the link makes the event no longer', () => {
  const name = `${'very-'.repeat(12)}long.txt`
  const cut = parseView('/pfn', { v: '2', f: 'very-very-ve..~0123456789abcdef~77', event: ':3' })
  const here = withEventHere(cut, [openedAs(name)])
  expect(here.event).toBe(`${name}:3`)
  expect(serializeView(withEventAsLinked(here, [openedAs(name)])).parameters['event']).toBe(':3')
})

test('another file that has the name of the link’s is told apart by its hash', () => {
  const files = [openedAs('of-the-lab'), openedAs('trace.txt', 'fedcba9876543210')]
  const here = { ...linked, event: 'trace.txt:5' }
  const { parameters } = serializeView(withEventAsLinked(here, files))
  expect(parameters['event']).toBe('~fedcba9876543210:5')
  const read = parseView('/pfn', { ...parameters, f: 'trace.txt~0123456789abcdef~77' })
  expect(withEventHere(read, files).event).toBe('trace.txt:5')
  // Who has it by another name finds it too, and who has not is shown no other file.
  expect(withEventHere(read, [openedAs('mine'), openedAs('b.txt', 'fedcba9876543210')]).event).toBe('b.txt:5')
  expect(withEventHere(read, [openedAs('mine')]).event).toBe('~fedcba9876543210:5')
})
