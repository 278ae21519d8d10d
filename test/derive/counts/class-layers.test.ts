import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import {
  type ClassLayers,
  classLayersOf,
  LAYER_COUNT,
  NOT_KNOWN,
  UNTOLD_LAYER,
} from '../../../src/derive/counts/class-layers.ts'
import { derive } from '../../../src/derive/derive.ts'
import { type PageId } from '../../../src/model/ids.ts'
import { simulateTrace } from '../../support/simulate-trace.ts'
import { PFN, tell } from '../../support/tell.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

function layersIn(story: string): ClassLayers {
  const trace = tell(story)
  return classLayersOf(trace, derive(trace), trace.pages.find(PFN))
}

/** `allocation 1, driver 1` after the point. */
function textOf(layers: ClassLayers, at: number): string {
  return Array.from({ length: LAYER_COUNT }, (_, layer) => ({ layer, units: layers.units[at * LAYER_COUNT + layer] }))
    .filter(({ units }) => units !== 0)
    .map(({ layer, units }) => `${layer === UNTOLD_LAYER ? 'untold' : REFERENCE_CLASSES[layer].id} ${units}`)
    .join(', ')
}

const ANON = 'flags=uptodate|lru|swapbacked mapping=0000000011223344'

test('each point says what its references are for, what migration expects and what is beyond', () => {
  const layers = layersIn(`
    app-7 0 1.0 set 1 count=1 mapcount=-1 mapping=(nil) < do_anonymous_page handle_mm_fault
    drv-9 0 1.1 +1 count=2 mapcount=0 ${ANON} < drv_grab[drv]
    drv-9 0 1.2 +1024 count=1026 mapcount=0 ${ANON} < pin_user_pages
    drv-9 0 1.3 -1 count=1025 mapcount=0 ${ANON} < drv_free[drv]
  `)
  expect([0, 1, 2, 3].map((at) => textOf(layers, at))).toEqual([
    'allocation 1',
    'allocation 1, driver 1',
    'allocation 1, gup_pin 1024, driver 1',
    'allocation 1, gup_pin 1024',
  ])
  expect([...Array(4).keys()].map((at) => layers.expected[at])).toEqual([0, 1, 1, 1])
  expect([...Array(4).keys()].map((at) => layers.excess[at])).toEqual([1, 1, 1025, 1024])
})

test('references from before the trace are untold, or those of the put that gives them back', () => {
  const layers = layersIn(`
    app-7 0 1.0 +1 count=4 mapcount=1 < do_tee
    drv-9 0 1.1 -1 count=3 mapcount=1 < tlb_finish_mmu exit_mmap
  `)
  expect(textOf(layers, 0)).toBe('mapping 1, io 1, untold 2')
  expect(textOf(layers, 1)).toBe('io 1, untold 2')
  expect(layers.expected[0]).toBe(NOT_KNOWN)
})

test('a hold whose put was lost shrinks to what the count leaves room for', () => {
  const layers = layersIn(`
    app-7 0 1.0 set 1 count=1 mapcount=-1 mapping=(nil) < do_anonymous_page handle_mm_fault
    drv-9 0 1.1 +1 count=2 mapcount=0 ${ANON} < drv_grab[drv]
    app-8 0 1.2 +1 count=2 mapcount=1 ${ANON} < copy_page_range copy_mm
  `)
  expect(textOf(layers, 2)).toBe('allocation 1, mapping 1')
})

test('layers add up to the count at every point, whatever was lost', () => {
  const seeds = fc.nat(10_000)
  const damage = fc.constantFrom({}, { dropEvents: 0.2 }, { dropStacks: 0.5 }, { startsLate: true }, { races: 0.2 })
  fc.assert(
    fc.property(seeds, damage, (seed, damaged) => {
      const { text } = simulateTrace({ pages: 6, holders: 2, noise: 4, reuse: 0.3, cache: 0.3, seed, ...damaged })
      const trace = traceFromText(text)
      const derived = derive(trace)
      for (let page = 0; page < trace.pages.length; page++) {
        const layers = classLayersOf(trace, derived, page as PageId)
        for (let at = 0; at < layers.length; at++) {
          const units = Array.from({ length: LAYER_COUNT }, (_, layer) => layers.units[at * LAYER_COUNT + layer])
          expect(Math.min(...units)).toBeGreaterThanOrEqual(0)
          expect(units.reduce((sum, one) => sum + one, 0)).toBe(Math.max(0, layers.count[at]))
        }
      }
    }),
    { numRuns: 25 },
  )
})

test('a window has the points of the whole', () => {
  const { text } = simulateTrace({ pages: 2, holders: 1, noise: 6, seed: 4 })
  const trace = traceFromText(text)
  const derived = derive(trace)
  const whole = classLayersOf(trace, derived, 0 as PageId)
  const [from, to] = [3, whole.length - 2]
  const part = classLayersOf(trace, derived, 0 as PageId, whole.row[from], whole.row[to])
  const shown = Array.from({ length: part.length }, (_, at) => textOf(part, at))
  expect(shown).toEqual(Array.from({ length: to - from + 1 }, (_, at) => textOf(whole, from + at)))
})
