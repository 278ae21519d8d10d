import { describe, expect, test } from 'vitest'
import { fc, test as property } from '@fast-check/vitest'
import { addressOfHex, hexOfAddress } from '../../src/model/kernel-address.ts'
import { fitSymbols, printedAddressOf } from '../../src/model/symbol-fit.ts'
import { findSymbol, type SymbolTable, SymbolTableBuilder } from '../../src/model/symbol-table.ts'

function tableOf(...symbols: readonly (readonly [string, string, string?])[]): SymbolTable {
  const builder = new SymbolTableBuilder(0)
  for (const [address, name, module = ''] of symbols) {
    const bytes = new TextEncoder().encode(name)
    builder.push(addressOfHex(address), bytes, 0, bytes.length, module)
  }
  return builder.build()
}

const TABLE = tableOf(
  ['ffffffff81001000', 'do_one'],
  ['ffffffffc0a1b000', 'leaky_ioctl', 'leaky'],
  ['ffffffff81000000', 'startup_64'],
  ['ffffffff81000000', '_stext'],
  ['ffffffff81002000', '_etext'],
)

function nameAt(hex: string): string | undefined {
  return findSymbol(TABLE, addressOfHex(hex))?.name
}

describe('the function of a return address', () => {
  test('is the greatest one below it', () => {
    expect(nameAt('ffffffff81001001')).toBe('do_one')
    expect(nameAt('ffffffff81001fff')).toBe('do_one')
  })

  test('is the one before when the call was its last instruction', () => {
    expect(nameAt('ffffffff81001000')).toBe('startup_64')
    expect(nameAt('ffffffff81002000')).toBe('do_one')
  })

  test('is the first name of several at one address', () => {
    expect(nameAt('ffffffff81000020')).toBe('startup_64')
  })

  test('has its module', () => {
    expect(findSymbol(TABLE, addressOfHex('ffffffffc0a1b2c3'))).toMatchObject({ name: 'leaky_ioctl', module: 'leaky' })
  })

  test.each(['ffffffff81002001', 'ffffffff80ffffff', 'ffffffffc0a5b000', '00007f12ab34cd56', '0'])(
    'is not invented outside the text: %s',
    (hex) => expect(nameAt(hex)).toBeUndefined(),
  )
})

property.prop([fc.integer({ min: -(2 ** 52), max: 2 ** 52 })])('an address is what it prints', (address) => {
  expect(addressOfHex(hexOfAddress(address))).toBe(address)
})

describe('an address in a printed frame', () => {
  const ip = addressOfHex('ffffffff82511be4')
  test.each([
    ['0xffffffff82511be4', '', -1],
    ['ffffffff82511be4', '', -1],
    ['[<ffffffff82511be4>]', '', -1],
    ['ffffffff82511be4 [unknown] ([kernel.kallsyms])', '', -1],
    ['0xffffffff82511be4 [leaky]', '', -1],
    ['sym <ffffffff82511be4>', 'sym', -1],
    ['sym (ffffffff82511be4)', 'sym', -1],
    ['sym+0x1a/0x60 <ffffffff82511be4>', 'sym', 0x1a],
    ['sym+0x1a/0x60 [leaky] <ffffffff82511be4>', 'sym', 0x1a],
    ['[<ffffffff82511be4>] sym+0x1a/0x60 [leaky]', 'sym', 0x1a],
    ['[<ffffffff82511be4>] ? sym+0x1a/0x60', 'sym', 0x1a],
    ['ffffffff82511be4 sym+0x54 (/lib/modules/5.15.6+/build/vmlinux)', 'sym', 0x54],
  ])('%s', (text, symbol, offset) => expect(printedAddressOf(text)).toEqual({ address: ip, symbol, offset }))

  test.each(['sym+0x1a/0x60 [leaky]', 'do_syscall_64', "[unknown/kretprobe'd]", 'deadbeef_free', '0'])(
    'is not seen in %s',
    (text) => expect(printedAddressOf(text)).toBeUndefined(),
  )
})

describe('symbols as linked', () => {
  const witness = (hex: string, symbol: string, offset = -1): Parameters<typeof fitSymbols>[2][number] => ({
    address: addressOfHex(hex),
    symbol,
    offset,
  })

  test('are not used when nothing tells where the kernel is', () => {
    expect(fitSymbols(TABLE, true, [])).toMatchObject({ slide: undefined })
    expect(fitSymbols(TABLE, true, [witness('ffffffff9a001010', '')]).notice).toContain('KASLR')
  })

  test.each([-1, 0x10])('are moved by what a frame with name and address tells (offset %i)', (offset) => {
    const fit = fitSymbols(TABLE, true, [witness('ffffffff9a001010', 'do_one', offset)])
    expect(fit).toMatchObject({ slide: 0x1900_0000 })
    expect(fit.notice).toContain('0x19000000')
  })

  test('are moved by what most frames tell', () => {
    const right = [witness('ffffffff9a001010', 'do_one'), witness('ffffffff9a000010', 'startup_64')]
    expect(fitSymbols(TABLE, true, [witness('ffffffff9b001010', 'do_one'), ...right]).slide).toBe(0x1900_0000)
  })

  test('of another build are not moved at all', () => {
    expect(fitSymbols(TABLE, true, [witness('ffffffff9a003010', 'do_one')]).slide).toBeUndefined()
  })
})

describe('symbols of a running kernel', () => {
  test('are believed', () => expect(fitSymbols(TABLE, false, [])).toEqual({ slide: 0, notice: '' }))

  test('of another boot are not used', () => {
    const moved = [{ address: addressOfHex('ffffffff9a001010'), symbol: 'do_one', offset: -1 }]
    expect(fitSymbols(TABLE, false, moved)).toMatchObject({ slide: undefined })
    expect(fitSymbols(TABLE, false, moved).notice).toContain('another boot')
  })
})
