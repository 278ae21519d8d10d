import { describe, expect, test } from 'vitest'
import { KnownTexts } from '../../src/formats/known-texts.ts'
import { NONE } from '../../src/model/ids.ts'

const SLOTS_BITS = 10
const textAt = (at: number): string => `text ${at} `.padEnd(8 + (at % 240), 'x')

/** What was kept of so many texts, each with its slot, and how to ask for one. */
function kept(count: number) {
  const known = new KnownTexts(SLOTS_BITS)
  const ask = (text: string, how: 'keep' | 'find'): number => {
    const bytes = new TextEncoder().encode(`..${text}..`)
    const view = new DataView(bytes.buffer)
    const end = bytes.length - 2
    return how === 'keep' ? known.keep(bytes, view, 2, end) : known.find(view, 2, end)
  }
  const slots = Array.from({ length: count }, (_, at) => ask(textAt(at), 'keep'))
  return { known, ask, slots }
}

describe('texts that are known again', () => {
  test('are found where they were kept, also when there is more room for them', () => {
    const { known, ask, slots } = kept(100)
    expect(new Set(slots).size).toBe(100)
    for (const [at, slot] of slots.entries()) {
      expect(ask(textAt(at), 'find')).toBe(slot)
      expect(known.sizeOf(slot)).toBe(textAt(at).length)
    }
    expect(ask('text 100', 'find')).toBe(NONE)
    expect(ask('text', 'find')).toBe(NONE)
  })

  test('go where all slots are taken, and those that are left are still themselves', () => {
    const { known, ask, slots } = kept(5000)
    expect(known.slots).toBe(1 << SLOTS_BITS)
    const last = new Map(slots.map((slot, at) => [slot, at]))
    const found = Array.from({ length: 5000 }, (_, at) => ask(textAt(at), 'find'))
    expect(found.filter((slot) => slot !== NONE).length).toBe(last.size)
    for (const [slot, at] of last) expect(found[at]).toBe(slot)
  })

  test('are kept once, and none that is too long or empty', () => {
    const { ask, slots } = kept(3)
    expect(ask(textAt(1), 'keep')).toBe(slots[1])
    expect(ask('y'.repeat(257), 'keep')).toBe(NONE)
    expect(ask('y'.repeat(256), 'keep')).toBeGreaterThanOrEqual(0)
    expect(ask('', 'keep')).toBe(NONE)
  })
})
