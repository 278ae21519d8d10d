import { migratetypeName } from '../../derive/migratetype-names.ts'
import { hasPageFlag, namesOfHexFlags } from '../../derive/page-flag-names.ts'
import { oncePer } from '../../base/once-per.ts'
import { type EventKind, FREEZE, isRefKind, MOD_UNLESS, OTHER } from '../../model/event-kind.ts'
import { NONE } from '../../model/ids.ts'
import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { type Trace } from '../../model/trace.ts'
import { type FilterTerm } from './filter-node.ts'
import { readNumberRange } from './filter-number.ts'
import { numberMatch } from './number-match.ts'
import { textMatch, type TextMatch } from './text-match.ts'
import { type Fit, type FilterLeaf, maskLeaf, toldOfEach } from './told.ts'

/** Fields that many events say alike: judged once a shape. */
export type ShapeField = 'op' | 'ret' | 'val' | 'delta' | 'mapcount' | 'flags' | 'mapping' | 'mt' | 'order'

/** The leaf of a term of a field that shapes tell. O(shapes). */
export function shapeLeaf(trace: Trace, field: ShapeField, term: FilterTerm): FilterLeaf {
  const fitOf = fitOfShapes(trace, field, term)
  const mask = toldOfEach(trace.shapes.length, term.comparison === '!=', fitOf)
  return maskLeaf(trace.events.shape, mask, 0)
}

function fitOfShapes(trace: Trace, field: ShapeField, term: FilterTerm): (shape: number) => Fit {
  const { shapes, strings } = trace
  switch (field) {
    case 'op': {
      const match = textMatch(term.values)
      return (shape) => isOperation(strings.text(shapes.name[shape]), match)
    }
    case 'flags':
      return flagsFit(trace, term)
    case 'mapping':
      return mappingFit(trace, term)
    case 'mt':
      return migratetypeFit(trace, term)
    default:
      return numberFit(trace, field, term)
  }
}

/** True for `page_ref_mod` by its name, and by `mod`. */
function isOperation(name: string, match: TextMatch): boolean {
  return match(name) || match(name.replace(/^(?:page|folio)_ref_/, ''))
}

function numberFit(
  trace: Trace,
  field: 'ret' | 'val' | 'delta' | 'mapcount' | 'order',
  term: FilterTerm,
): (shape: number) => Fit {
  const { shapes } = trace
  const match = numberMatch(term)
  const kinds = kindsOfShapes(trace)
  return (shape) => {
    if (field === 'ret') return shapes.ret[shape] === NONE ? 'absent' : match(shapes.ret[shape])
    if (field === 'order') return shapes.order[shape] === NONE ? 'absent' : match(shapes.order[shape])
    if (!isRefKind(kinds[shape])) return 'absent'
    if (field === 'val') return match(shapes.val[shape])
    if (field === 'delta') return match(deltaOfShape(trace, kinds[shape], shape))
    return match(shapes.mapcount[shape])
  }
}

/** As `deltaOf` has it of a row: a refused operation changes nothing (include/trace/events/page_ref.h). */
function deltaOfShape({ shapes }: Trace, kind: EventKind, shape: number): number {
  if ((kind === MOD_UNLESS || kind === FREEZE) && shapes.ret[shape] === 0) return 0
  return kind === FREEZE ? -shapes.val[shape] : shapes.val[shape]
}

/** The kind of the events of each shape: a shape has one name, and a name one kind. O(events), once. */
const kindsOfShapes: (trace: Trace) => readonly EventKind[] = oncePer(({ events, shapes }: Trace) => {
  const kinds = Array.from({ length: shapes.length }, () => OTHER)
  for (let row = 0; row < events.length; row++) kinds[events.shape[row]] = events.kind[row]
  return kinds
})

function flagsFit(trace: Trace, { values }: FilterTerm): (shape: number) => Fit {
  const { shapes, strings } = trace
  const match = textMatch(values)
  return (shape) => {
    const flags = strings.text(shapes.flags[shape])
    if (flags === '') return 'absent'
    const names = namesOfHexFlags(trace, flags)
    const isThere =
      match(flags) || [...flags.split('|'), ...names.split('|')].some((name) => name !== '' && match(name))
    if (isThere) return true
    if (!flags.includes('0x')) return false
    const asked = values.map((value) => (value.kind === 'exact' ? hasPageFlag(trace, flags, value.text) : undefined))
    return asked.every((one) => one === false) ? false : 'unknown'
  }
}

function mappingFit({ shapes }: Trace, { values }: FilterTerm): (shape: number) => Fit {
  const wanted = new Set(values.map(({ text }) => text))
  return (shape) => {
    const mapping = shapes.mapping[shape]
    if (mapping === MAPPING_UNKNOWN) return 'absent'
    if (mapping === MAPPING_NONE) return wanted.has('none')
    if (wanted.has('some')) return true
    if (mapping === MAPPING_ANON) return wanted.has('anon')
    if (mapping === MAPPING_FILE) return wanted.has('file')
    return wanted.has('anon') && wanted.has('file')
      ? true
      : wanted.has('anon') || wanted.has('file')
        ? 'unknown'
        : false
  }
}

function migratetypeFit(trace: Trace, term: FilterTerm): (shape: number) => Fit {
  const isNumber = term.values.every(({ kind, text }) => kind === 'exact' && readNumberRange(text) !== undefined)
  const byNumber = isNumber ? numberMatch(term) : undefined
  const byName = textMatch(term.values)
  return (shape) => {
    const mt = trace.shapes.mt[shape]
    if (mt === NONE) return 'absent'
    if (byNumber !== undefined) return byNumber(mt)
    if (byName(String(mt))) return true
    const names = migratetypeName(trace, mt).split(' or ')
    const fitting = names.filter((name) => name !== '' && byName(name)).length
    if (names[0] === '') return 'unknown'
    return fitting === 0 ? false : fitting === names.length ? true : 'unknown'
  }
}
