import { test } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import {
  type Change,
  changeText,
  EMPTY_REGISTER,
  mergeRegisters,
  replaceHeads,
  viewRegister,
} from '../../src/session/register.ts'
import { anyChange, anyRegister } from './session-arbitraries.ts'

const text = fc.constantFrom('suspect', 'noise', 'fixed')
const register = anyRegister(text)

const said = (id: string, value: string | null, by = ''): Change => ({ id, by, at: 0, value })

describe('merging registers', () => {
  test.prop([register, register])('does not care who merges whom', (a, b) => {
    expect(mergeRegisters(a, b)).toEqual(mergeRegisters(b, a))
  })

  test.prop([register, register, register])('does not care in which order', (a, b, c) => {
    expect(mergeRegisters(mergeRegisters(a, b), c)).toEqual(mergeRegisters(a, mergeRegisters(b, c)))
  })

  test.prop([register, register])('changes nothing when it is done again', (a, b) => {
    const once = mergeRegisters(a, b)
    expect(mergeRegisters(once, b)).toEqual(once)
    expect(mergeRegisters(once, { ...once })).toEqual(once)
  })

  test.prop([register, register])('keeps every value that nobody replaced, and no other', (a, b) => {
    const replaced = new Set([...a.replaced, ...b.replaced])
    const standing = [...a.heads, ...b.heads].filter(({ id }) => !replaced.has(id)).map(changeText)
    expect(new Set(mergeRegisters(a, b).heads.map(changeText))).toEqual(new Set(standing))
  })

  test.prop([register, anyChange(text)])('shows a value that replaces all heads, alone', (a, change) => {
    const fresh = { ...change, id: 'dddddddd.1' }
    const ids = a.heads.map(({ id }) => id)
    expect(replaceHeads(a, ids, [fresh]).heads).toEqual([fresh])
  })
})

describe('what a register says', () => {
  test('is its value, with who gave it', () => {
    const one = replaceHeads(EMPTY_REGISTER, [], [said('aaaaaaaa.1', 'suspect', 'Ann')])
    expect(viewRegister(one)).toMatchObject({ value: 'suspect', change: { by: 'Ann' }, conflict: [] })
  })

  test('is both values of two who did not know of each other', () => {
    const common = replaceHeads(EMPTY_REGISTER, [], [said('aaaaaaaa.1', 'new')])
    const ann = replaceHeads(common, ['aaaaaaaa.1'], [said('aaaaaaaa.2', 'confirmed', 'Ann')])
    const bob = replaceHeads(common, ['aaaaaaaa.1'], [said('bbbbbbbb.1', 'noise', 'Bob')])
    const { value, conflict } = viewRegister(mergeRegisters(ann, bob))
    expect(value).toBeUndefined()
    expect(conflict.map((change) => `${change.by}: ${change.value}`)).toEqual(['Ann: confirmed', 'Bob: noise'])
  })

  test('is one value where two said the same', () => {
    const ann = replaceHeads(EMPTY_REGISTER, [], [said('aaaaaaaa.1', 'noise')])
    const bob = replaceHeads(EMPTY_REGISTER, [], [said('bbbbbbbb.1', 'noise')])
    expect(viewRegister(mergeRegisters(ann, bob))).toMatchObject({ value: 'noise', conflict: [] })
  })

  test('is a conflict where one took away what another changed', () => {
    const common = replaceHeads(EMPTY_REGISTER, [], [said('aaaaaaaa.1', 'new')])
    const ann = replaceHeads(common, ['aaaaaaaa.1'], [said('aaaaaaaa.2', null)])
    const bob = replaceHeads(common, ['aaaaaaaa.1'], [said('bbbbbbbb.1', 'fixed')])
    expect(viewRegister(mergeRegisters(ann, bob)).conflict.map(({ value }) => value)).toEqual([null, 'fixed'])
  })

  test('is nothing after it was taken away', () => {
    const one = replaceHeads(EMPTY_REGISTER, [], [said('aaaaaaaa.1', 'new')])
    expect(viewRegister(replaceHeads(one, ['aaaaaaaa.1'], [said('aaaaaaaa.2', null)]))).toEqual({ conflict: [] })
    expect(viewRegister(undefined)).toEqual({ conflict: [] })
  })
})
