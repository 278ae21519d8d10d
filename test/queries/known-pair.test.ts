import { expect, test } from 'vitest'
import { derive, type DeriveOptions } from '../../src/derive/derive.ts'
import { holdAnswer } from '../../src/queries/hold-answer.ts'
import { tell } from '../support/tell.ts'

const trace = tell(`
  app-1 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio iter_to_pipe __do_sys_vmsplice
  kwk-5 0 2.0 -1 count=1 < __page_ref_mod_and_test folio_put generic_pipe_buf_release pipe_release __fput
  app-1 0 3.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio iter_to_pipe __do_sys_vmsplice
`)
const pairsOf = (options: DeriveOptions): readonly (string | undefined)[] => {
  const derived = derive(trace, options)
  return Array.from({ length: derived.holds.length }, (_, hold) => holdAnswer(trace, derived, hold).knownPair?.id)
}

test('a hold says which known pair speaks for its get and put; one that is open, or without that pair, says none', () => {
  expect(pairsOf({})).toEqual(['pair-pipe', undefined])
  expect(pairsOf({ disabledRuleIds: ['pair-pipe'] })).toEqual([undefined, undefined])
})
