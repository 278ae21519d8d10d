import { describe, expect, test } from 'vitest'
import { assistFilter } from '../../src/queries/filter-assist.ts'
import { tell } from '../support/tell.ts'

const trace = tell(`
  app-7  0 1.0 set 1 count=1 < post_alloc_hook do_anonymous_page
  Web-9  1 1.2 +1 count=2 < leaky_grab[leaky] vfs_ioctl
  Web-9  1 1.3 +1 count=3 < leaky_grab[leaky] vfs_ioctl
`)
const complete = (text: string, caret = text.length) => assistFilter(trace, { text, caret })
const texts = (text: string, caret?: number): readonly string[] =>
  complete(text, caret).completions.map((one) => one.text)

describe('completion', () => {
  test('offers fields for the beginning of a word, also behind a minus and in parentheses', () => {
    expect(texts('mod_unless or co')).toEqual(['count:', 'comm:'])
    expect(texts('(-cpu')).toEqual(['cpu:'])
    expect(texts('nea')).toEqual(['near<'])
  })

  test('offers values of the capture, those that begin so first, then the most seen', () => {
    expect(texts('stack:le')).toEqual(['leaky_grab'])
    expect(texts('op:')).toEqual(['mod', 'set'])
    expect(texts('op:set,m')).toEqual(['mod'])
    expect(texts('class:gup')).toEqual(['gup_get', 'gup_pin'])
    expect(texts('module:')).toEqual(['leaky'])
  })

  test('replaces the word that the caret is in, and leaves the rest', () => {
    const text = 'comm:We count>3'
    const { replaced, completions } = complete(text, 7)
    expect(text.slice(0, replaced.start) + completions[0].text + text.slice(replaced.end)).toBe('comm:Web count>3')
  })

  test('is never more than 20', () => {
    expect(texts('').length).toBe(20)
  })

  test('tells how a filter is understood, and what is wrong with it', () => {
    expect(complete('page:0x1 && !cpu = 3').understood).toBe('pfn:0x1 -cpu:3')
    expect(complete('cuont>3')).toMatchObject({ understood: '', errors: [{ start: 0, end: 5 }] })
  })
})
