import { type LineId } from '../../model/ids.ts'
import { byLine } from '../by-line.ts'
import { type TraceFormat } from '../format.ts'
import { type CmaPlace, cmaPlaceOf } from './cma-path.ts'

const NUMBER = /^\d{1,15}$/
const WORDS = /^(?:\d{1,10} ?)+$/

/**
 * Files of a CMA area, each one number: `cma/<area>/base_pfn`, `count`, … of debugfs, `alloc_pages_fail` of sysfs. This is
 * the one format that asks for the path: a bare number has no content of its own to be known by. A path alone is not
 * enough either, as another folder may have a `count`: the text must be the number or the words.
 */
export const cma: TraceFormat = {
  id: 'cma',
  label: 'files of a CMA area',
  sniff: (head, path = '') => {
    const place = cmaPlaceOf(path)
    const lines = head.lines.filter((line) => line.trim() !== '')
    if (place === undefined || !head.isWhole || lines.length !== 1) return false
    return (place.field === 'bitmap' ? WORDS : NUMBER).test(lines[0].trim())
  },
  createReader: (into, problems, path = '') => {
    const place = cmaPlaceOf(path)
    return byLine({
      line: (text, line, chunk, start, end) => {
        if (text.trim() === '') return problems.skip('blank')
        const numbers = text.trim().split(/\s+/).map(Number)
        if (place === undefined || numbers.some((number) => !Number.isInteger(number))) {
          return problems.reject('no number of a CMA area', line, chunk.bytes, start, end)
        }
        keep(into, place, numbers, (into.firstLine + line) as LineId)
        problems.parsed++
        problems.records++
      },
      end: () => undefined,
    })
  },
}

function keep(
  { machine }: Parameters<TraceFormat['createReader']>[0],
  place: CmaPlace,
  numbers: readonly number[],
  line: LineId,
): void {
  if (place.field !== 'counter') return machine.cma({ ...place, field: place.field, numbers, line })
  machine.text({ kind: 'cma', text: `CMA area ${place.area}: ${place.file} ${numbers[0]}`, line })
}
