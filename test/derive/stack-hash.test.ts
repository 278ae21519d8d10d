import { expect, test } from 'vitest'
import { plainSymbol, stackHashesOf, stackHashOf, stackOfHash, stacksOfHash } from '../../src/derive/stack-hash.ts'
import { type StackId } from '../../src/model/ids.ts'
import { tell } from '../support/tell.ts'

const trace = tell(`
  a-1 0 1.0 +1 count=2 < do_tee+0x1a/0x60 ioctl+0x1/0x2
  a-1 0 1.1 +1 count=3 < do_tee.isra.0+0x77/0x90 ioctl+0x1/0x2
  a-1 0 1.2 +1 count=4 < do_splice ioctl
`)

test('stacks that differ in offsets and compiler clones have one hash', () => {
  const [first, second, third] = [0, 1, 2].map((row) => trace.events.stack[row])
  expect(first).not.toBe(second)
  expect(stackHashOf(trace, first)).toBe(stackHashOf(trace, second))
  expect(stackHashOf(trace, third)).not.toBe(stackHashOf(trace, first))
  expect(stackHashesOf(trace).hashes).toHaveLength(2)
})

test('a hash leads back to its stacks, and an unknown one to none', () => {
  const stack = trace.events.stack[0]
  expect(stacksOfHash(trace, stackHashOf(trace, stack))).toEqual([stack, trace.events.stack[1]])
  expect(stackOfHash(trace, stackHashOf(trace, stack))).toBe(stack)
  expect(stackOfHash(trace, '0123456789abcdef')).toBeUndefined()
  expect(stackHashOf(trace, -1 as StackId)).toBe('')
})

test('a hash is the same in every session: links hold it', () => {
  expect(stackHashOf(trace, trace.events.stack[0])).toBe(stackHashOf(tell('a-1 0 1.0 +1 < do_tee ioctl'), 0 as StackId))
  expect(stackHashOf(trace, trace.events.stack[0])).toMatch(/^[0-9a-f]{16}$/)
})

test.each([
  ['process_vm_rw_core.constprop.0', 'process_vm_rw_core'],
  ['f.isra.0.cold', 'f'],
  ['g.part.12+0x1/0x2', 'g'],
  ['h.coldish', 'h.coldish'],
])('%s is %s to a person', (symbol, plain) => {
  expect(plainSymbol(symbol)).toBe(plain)
})
