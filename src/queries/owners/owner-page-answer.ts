import { type OwnerPlace, placeBasisOf, placeOfOwner } from '../../derive/misplaced-owners.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { holderText } from '../stack-answer.ts'
import { stackHashOf } from '../../derive/stack-hash.ts'
import { notRecorded } from '../../derive/special-stacks.ts'
import { type PlaceAnswer } from '../wire.ts'
import { ageText } from './owner-age.ts'
import { taskOfRecord } from './owner-groups.ts'

/** One record of page_owner as a row: who allocated the page, not who holds it. */
export interface OwnerPageAnswer {
  readonly pfn: number
  readonly order: number
  readonly pages: number
  /** Migratetype that was asked for, and that of the pageblock; empty where the kernel prints none. */
  readonly pageType: string
  readonly blockType: string
  readonly gfp: string
  readonly flags: string
  /** `comm-pid`; empty where the kernel prints none. */
  readonly task: string
  readonly allocator: string
  readonly stackHash: string
  /** As printed, `26935284538 ns`; empty where the kernel prints none. */
  readonly tsText: string
  readonly ageText: string
  readonly migrateReason: string
  /** Whether it lies where the kernel keeps room for movable pages, and asked not to be movable. */
  readonly misplaced: OwnerPlace
  /** Of a misplaced one: why that is known, `pageblock is CMA`, `CMA area reserved`, `zone Movable`. */
  readonly misplacedBy: string
  /** Whether it has the flag `lru`: migration may then move it, whatever was asked for. Kernels before 4.6 print no names of flags. */
  readonly lru: OnLru
  readonly place: PlaceAnswer
}

/** Whether a page is on the LRU, by its flags. */
export type OnLru = 'on' | 'off' | 'untold'

/** By flags as printed: `0x2092c(referenced|uptodate|lru|…)`. */
export function onLru(flags: string): OnLru {
  if (!flags.includes('(')) return 'untold'
  return /[(|]lru[|)]/.test(flags) ? 'on' : 'off'
}

/** One record as a row; ages are measured to `endTs`. */
export function ownerPageAnswer(trace: Trace, row: number, endTs: number): OwnerPageAnswer {
  const { owners, strings } = trace
  const { shapes } = owners
  const shape = owners.shape[row]
  const stack = owners.stack[row]
  const flags = strings.text(shapes.flags[shape])
  const misplaced = placeOfOwner(trace, row)
  const order = shapes.order[shape]
  return {
    pfn: owners.pfn[row],
    order,
    pages: 2 ** order,
    pageType: strings.text(shapes.pageType[shape]),
    blockType: strings.text(shapes.blockType[shape]),
    gfp: strings.text(shapes.gfp[shape]),
    flags,
    task: taskOfRecord(trace, row),
    allocator: notRecorded(trace, stack) === '' ? holderText(trace, stack) : '',
    stackHash: stackHashOf(trace, stack),
    tsText: owners.ts[row] < 0 ? '' : `${owners.ts[row]} ns`,
    ageText: ageText(owners.ts[row], endTs),
    migrateReason: strings.text(shapes.migrateReason[shape]),
    misplaced,
    misplacedBy: misplaced === 'cma' || misplaced === 'movable' ? basisText(trace, row) : '',
    lru: onLru(flags),
    place: placeOf(trace, owners.line[row]),
  }
}

function basisText(trace: Trace, row: number): string {
  const { kind, name } = placeBasisOf(trace, row)
  if (kind === 'block') {
    const { owners, strings } = trace
    return `pageblock is ${strings.text(owners.shapes.blockType[owners.shape[row]])}`
  }
  if (kind === 'zone') return `zone ${name}`
  return name === '' ? 'CMA area of the boot log' : `CMA area ${name}`
}
