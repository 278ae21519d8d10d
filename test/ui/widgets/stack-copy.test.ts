import { describe, expect, test } from 'vitest'
import { writeCopy } from '../../../src/base/copy-table.ts'
import { foldedText, frameFacts, sourceRelease, stackTable, stackText } from '../../../src/ui/widgets/stack-copy.ts'

const frame = (text: string, resolved?: string) => ({ text, resolved, isInstrumentation: false, isHolder: false })
const FRAMES = [frame('try_get_folio.part.0+0xe0/0x1f0'), frame('0xffffffffc0001234', 'leaky_ioctl+0x1a/0x60 [leaky]')]

describe('a stack that is copied', () => {
  test('as text is as the kernel prints it, leaf first', () => {
    expect(stackText(FRAMES)).toBe(
      ' => try_get_folio.part.0+0xe0/0x1f0\n => 0xffffffffc0001234 leaky_ioctl+0x1a/0x60 [leaky]\n',
    )
  })

  test('folded is root first and of functions alone', () => {
    expect(foldedText(FRAMES)).toBe('leaky_ioctl;try_get_folio 1\n')
  })

  test('as a table has the module of each frame', () => {
    expect(writeCopy(stackTable(FRAMES, 'stack'), 'csv')).toBe(
      'depth,frame,function,module,role\r\n' +
        '0,try_get_folio.part.0+0xe0/0x1f0,try_get_folio,,\r\n' +
        '1,0xffffffffc0001234 leaky_ioctl+0x1a/0x60 [leaky],leaky_ioctl,leaky,\r\n',
    )
  })
})

describe('what a frame says of its source', () => {
  test('is a function without what the compiler added, an offset, a module', () => {
    expect(frameFacts(frame('do_it.isra.0.cold+0x1/0x2 [mod]'))).toMatchObject({ symbol: 'do_it' })
    expect(frameFacts(frame('do_it.constprop.0+0x1/0x2 [mod]'))).toMatchObject({
      symbol: 'do_it',
      offset: '0x1',
      module: 'mod',
    })
  })

  test('is nothing for a bare address', () => {
    expect(frameFacts(frame('0xffffffff81234567')).symbol).toBeUndefined()
  })

  test('is a file and a line where they are printed', () => {
    expect(frameFacts(frame('do_it+0x1/0x2 (mm/gup.c:123)'))).toMatchObject({ file: 'mm/gup.c', line: '123' })
  })
})

test('releases are named as sources are tagged', () => {
  expect(['6.8.0-45-generic', '6.12.3+', '6.13.0-rc2', 'next', undefined].map(sourceRelease)).toEqual([
    '6.8',
    '6.12.3',
    '6.13-rc2',
    undefined,
    undefined,
  ])
})
