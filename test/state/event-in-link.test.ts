import { expect, test } from 'vitest'
import { withEventAsLinked, withEventHere } from '../../src/state/event-in-link.ts'
import { DEFAULT_VIEW, parseView, serializeView } from '../../src/state/view-state.ts'

const linked = parseView('/pfn', { v: '2', f: 'trace.txt~0123456789abcdef~77', event: ':8127' })

test('the event of a link is found in its file whatever the file is called here', () => {
  expect(linked.event).toBe('trace.txt:8127')
  expect(withEventHere(linked, 'of-the-lab').event).toBe('of-the-lab:8127')
  expect(withEventHere(linked, 'trace.txt')).toBe(linked)
  expect(withEventHere(linked, undefined)).toBe(linked)
})

test('what is selected here is linked to as others find it', () => {
  const here = { ...linked, event: 'of-the-lab:9' }
  expect(serializeView(withEventAsLinked(here, 'of-the-lab')).parameters['event']).toBe(':9')
})

test('an event of another file, and of no known file, stays', () => {
  expect(withEventHere({ ...linked, event: 'other.txt:5' }, 'of-the-lab').event).toBe('other.txt:5')
  expect(withEventHere({ ...DEFAULT_VIEW, event: 'trace.txt:5' }, 'of-the-lab').event).toBe('trace.txt:5')
})

test('a long name that is cut in the link makes the event no longer', () => {
  const name = `${'very-'.repeat(12)}long.txt`
  const cut = parseView('/pfn', { v: '2', f: 'very-very-ve..~0123456789abcdef~77', event: ':3' })
  const here = withEventHere(cut, name)
  expect(here.event).toBe(`${name}:3`)
  expect(serializeView(withEventAsLinked(here, name)).parameters['event']).toBe(':3')
})
