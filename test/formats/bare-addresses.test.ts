import { expect, test } from 'vitest'
import { type Trace } from '../../src/model/trace.ts'
import { type FrameId } from '../../src/model/ids.ts'
import { crlf, gz, sourceOf, traceOf } from './read-bytes.ts'

const TRACE = [
  '# tracer: nop',
  '#',
  '            init-1       [000] .....    26.116627: page_ref_mod: pfn=0x1fb7b flags=0x1 count=1 mapcount=0 mapping=0000000000000000 mt=4 val=1',
  '            init-1       [000] .....    26.116628: <stack trace>',
  ' => __page_ref_mod',
  ' => 0xffffffffc0a1b2c3',
  ' => 0xffffffff81001010',
  ' => 0xffffffff99999999',
  '',
].join('\n')
const KALLSYMS = [
  '0000000000000000 A fixed_percpu_data',
  'ffffffff81001000 T do_vfs_ioctl',
  'ffffffff81002000 T _etext',
  'ffffffff81003000 D init_task',
  'ffffffffc0a1b200 t leaky_ioctl\t[leaky]',
  '',
].join('\n')
const MAP = KALLSYMS.replace(/ A /, ' D ').replace(/.*leaky.*\n/, '')

function framesOf(trace: Trace): readonly string[] {
  return Array.from({ length: trace.frames.length }, (_, row) => {
    const frame = row as FrameId
    const { text, symbol, module } = trace.frames
    const name = trace.strings.text(module[frame])
    return `${trace.strings.text(text[frame])} is ${trace.strings.text(symbol[frame])}${name === '' ? '' : ` of ${name}`}`
  })
}

const NAMED = [
  '__page_ref_mod is __page_ref_mod',
  '0xffffffffc0a1b2c3 is leaky_ioctl of leaky',
  '0xffffffff81001010 is do_vfs_ioctl',
  '0xffffffff99999999 is 0xffffffff99999999',
]

test('are named by the kallsyms of the capture, whatever the order of the files', async () => {
  const [trace, symbols] = [sourceOf(TRACE, 'a'), sourceOf(KALLSYMS, 'b')]
  expect(framesOf(await traceOf([trace, symbols]))).toEqual(NAMED)
  expect(framesOf(await traceOf([symbols, trace]))).toEqual(NAMED)
  expect(framesOf(await traceOf([sourceOf(gz(crlf(KALLSYMS)), 'k', 7), trace]))).toEqual(NAMED)
})

test('stay as they are when the addresses are hidden', async () => {
  const hidden = KALLSYMS.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16))
  const trace = await traceOf([sourceOf(hidden, 'k'), sourceOf(TRACE)])
  expect(framesOf(trace)[1]).toBe('0xffffffffc0a1b2c3 is 0xffffffffc0a1b2c3')
  expect(trace.files[0].notices.join()).toContain('kptr_restrict')
})

test('stay as they are when only a System.map is at hand, and the file says why', async () => {
  const trace = await traceOf([sourceOf(TRACE), sourceOf(MAP, 'System.map')])
  expect(framesOf(trace)[2]).toBe('0xffffffff81001010 is 0xffffffff81001010')
  expect(trace.files[1].notices.join()).toContain('KASLR')
})

test('are named by a System.map once a frame or the command line tells where the kernel is', async () => {
  const moved = TRACE.replace('0xffffffff81001010', '0xffffffff9a001010').replace(
    '__page_ref_mod',
    'do_vfs_ioctl <ffffffff9a001040>',
  )
  expect(framesOf(await traceOf([sourceOf(moved), sourceOf(MAP, 'm')]))[2]).toBe('0xffffffff9a001010 is do_vfs_ioctl')
  const fixed = await traceOf([sourceOf(TRACE), sourceOf(MAP, 'm'), sourceOf('console=ttyS0 nokaslr\n', 'c')])
  expect(framesOf(fixed)[2]).toBe('0xffffffff81001010 is do_vfs_ioctl')
})

test('are named by kallsyms rather than by a System.map beside it', async () => {
  const trace = await traceOf([sourceOf(MAP, 'm'), sourceOf(TRACE), sourceOf(KALLSYMS, 'k')])
  expect(framesOf(trace)).toEqual(NAMED)
})

test('are left alone beside a map of riscv64 that says where its image was linked', async () => {
  const map = 'ffffffff80000000 T _start\nffffffff80000000 T _text\nffffffff80001000 T do_vfs_ioctl\n'
  const trace = await traceOf([sourceOf(TRACE.replace('ffffffff81001010', 'ffffffff80001010')), sourceOf(map, 'm')])
  expect(framesOf(trace)[2]).toBe('0xffffffff80001010 is 0xffffffff80001010')
  expect(trace.files[1].notices.join()).toContain('KASLR')
})
