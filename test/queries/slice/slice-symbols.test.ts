import { expect, test } from 'vitest'
import { openedSlice, readCapture, type ReadCapture, sliceOf } from '../../support/slice-of.ts'

const FRAMES = [' => __page_ref_mod', ' => 0xffffffffc0a1b2c3', ' => 0xffffffff81001010', ' => 0xffffffff81002010']
const TRACE = [
  '# tracer: nop',
  '#',
  '            init-1       [000] .....    26.116627: page_ref_mod: pfn=0x1fb7b flags=0x1 count=1 mapcount=0 mapping=0000000000000000 mt=4 val=1',
  '            init-1       [000] .....    26.116628: <stack trace>',
  ...FRAMES,
  '            init-1       [000] .....    26.116629: page_ref_mod: pfn=0x2 flags=0x1 count=1 mapcount=0 mapping=0000000000000000 mt=4 val=1',
  '',
].join('\n')
const KALLSYMS = [
  '0000000000000000 A fixed_percpu_data',
  'ffffffff81001000 T do_vfs_ioctl',
  ...Array.from({ length: 50 }, (_, at) => `ffffffff810015${at.toString(16).padStart(2, '0')} t other_${at}`),
  'ffffffff81002000 T _etext',
  'ffffffffc0a1b200 t leaky_ioctl\t[leaky]',
  'ffffffffc0a1c200 t leaky_open\t[leaky]',
  '',
].join('\n')

function symbolsOf({ trace: { frames, strings } }: ReadCapture): readonly string[] {
  return Array.from({ length: frames.length }, (_, row) => strings.text(frames.symbol[row]))
}

const ABOUT = { kind: 'page', pfn: '0x1fb7b' } as const

test('bare addresses are named in the slice as in the whole capture, by no more symbols than that takes', async () => {
  const whole = await readCapture([new File([TRACE], 'trace.txt'), new File([KALLSYMS], 'kallsyms')])
  expect(symbolsOf(whole)).toEqual(['__page_ref_mod', 'leaky_ioctl', 'do_vfs_ioctl', '0xffffffff81002010'])
  const made = await sliceOf(whole, ABOUT)
  expect(made.slice.files[1].text.split('\n').map((line) => line.split(/\s/)[2])).toEqual([
    'do_vfs_ioctl',
    '_etext',
    'leaky_ioctl',
  ])
  expect(symbolsOf(await openedSlice(made.json))).toEqual(symbolsOf(whole))
})

test('symbols that the capture did not use are not in the slice, and none of addresses with other names', async () => {
  const other = KALLSYMS.replaceAll('ffffffff', 'ffffffef')
  const unused = await readCapture([new File([TRACE], 'trace.txt'), new File([other], 'kallsyms')])
  expect((await sliceOf(unused, ABOUT)).slice.files[1].text).toBe('')
  const whole = await readCapture([new File([TRACE], 'trace.txt'), new File([KALLSYMS], 'kallsyms')])
  const made = await sliceOf(whole, ABOUT, { addresses: true })
  expect(made.slice.files[1].text).toBe('')
  expect(symbolsOf(await openedSlice(made.json))).not.toContain('leaky_ioctl')
})
