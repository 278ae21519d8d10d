import { assertUnreachable } from '../../base/assert.ts'
import { type CopyTable, writeCopy } from '../../base/copy-table.ts'
import { counted } from '../../base/counted.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type ComparedStack, type CompareOwnersAnswer } from '../../queries/owners/compare-owners.ts'
import { type MisplacedAnswer, type PageSums } from '../../queries/owners/misplaced-pages.ts'
import { type OwnerTrendAnswer } from '../../queries/owners/owner-trend.ts'
import { type OwnerGroupAnswer, type OwnersAnswer } from '../../queries/owners/owners.ts'
import { type PlaceAnswer, type StackAnswer } from '../../queries/wire.ts'
import { plainText } from '../plain-text.ts'
import { type OwnersTold } from './owner-facts.ts'

/** Rows printed at most; --json has all. */
const MOST_ROWS = 40
const MOST_PAGES = 20

/** Who allocated, for people: what is asked first, tables that can be grepped, and each row with its line. */
export function ownersText(told: OwnersTold): string {
  return `${linesOf(told).map(plainText).join('\n')}\n`
}

function linesOf(told: OwnersTold): readonly string[] {
  switch (told.mode) {
    case 'groups':
      return groupLines(told.owners, told.misplaced)
    case 'compare':
      return compareLines(told.compared)
    case 'trend':
      return trendLines(told.trend)
    default:
      return assertUnreachable(told)
  }
}

const WHO = 'page_owner says who allocated, never who holds.'

function groupLines(owners: OwnersAnswer, misplaced: MisplacedAnswer): readonly string[] {
  const { dumps, dump, sums, all, age, freed, grouping, rows } = owners
  const shown = dumps.find(({ id }) => id === dump)
  return [
    `${dump}: ${shown?.label ?? ''}, ${counted(all.pages, 'page')}, ${all.sizeBytes} bytes${allocationsText(all.allocations)}; ${pageSizeText(owners)}`,
    WHO,
    ...otherDumpLines(owners),
    ...(freed > 0
      ? [`Left out: ${counted(freed, 'record')} of pages that were freed after allocation (free_ts).`]
      : []),
    ...(age === undefined
      ? []
      : [age.ts < 0 ? `Ages are not known: ${age.text}.` : `Ages are measured to ${age.text}.`]),
    '',
    ...misplacedLines(misplaced),
    '',
    ...(sums.pages === all.pages
      ? []
      : [`Passing the filter: ${counted(sums.pages, 'page')}, ${sums.sizeBytes} bytes`]),
    ...tableLines(groupTable(owners, rows.slice(0, MOST_ROWS)), rows.length, `by ${grouping}`),
  ]
}

/** Which other files tell who allocated, too. */
function otherDumpLines({ dumps, dump }: OwnersAnswer): readonly string[] {
  const others = dumps.filter(({ id }) => id !== dump)
  const records = others.filter(({ kind }) => kind === 'records').length
  return [
    ...(records > 0 ? [`The newest of ${records + 1} dumps; owners --compare and --trend tell of all.`] : []),
    ...others
      .filter(({ kind }) => kind === 'totals')
      .map(({ id, label, pages }) => `Also ${id}: ${label}, ${counted(pages, 'page')}.`),
  ]
}

function noneText({ isFiltered }: MisplacedAnswer): string {
  return isFiltered ? 'none that passes the filter' : 'none'
}

function misplacedLines(answer: MisplacedAnswer): readonly string[] {
  const { isTold, total, cma, movable, onLru, areaOwn, unknown, rows } = answer
  if (!isTold) return ['Wrong migratetype: cannot be told, the files name no migratetypes, CMA areas or zones']
  const left = [
    ...(areaOwn.allocations > 0
      ? [`${counted(areaOwn.pages, 'page')} given out by cma_alloc() itself are not listed`]
      : []),
    ...(unknown.allocations > 0
      ? [`${counted(unknown.pages, 'page')} from before page_owner began are not judged: their mask was not recorded`]
      : []),
  ]
  const said =
    total === 0
      ? noneText(answer)
      : [sumText(cma, 'in CMA'), sumText(movable, 'in Movable pageblocks')].filter(Boolean).join(', ')
  return [
    `Wrong migratetype: ${said}${onLru.allocations > 0 ? `, of these ${counted(onLru.pages, 'page')} on the LRU` : ''}`,
    ...(total === 0
      ? []
      : ['They did not ask to be movable: what is not on the LRU blocks the allocation or offlining of its range.']),
    ...left.map((line) => `   ${line}`),
    ...(total === 0 ? [] : tableLines(misplacedTable(rows.slice(0, MOST_PAGES)), total, '')),
  ]
}

function sumText({ allocations, pages }: PageSums, where: string): string {
  return allocations === 0 ? '' : `${counted(allocations, 'allocation')} ${where} (${counted(pages, 'page')})`
}

const LRU_WORDS = { on: 'perhaps: on the LRU', off: 'not on the LRU', untold: 'not told' } as const

function misplacedTable(rows: MisplacedAnswer['rows']): CopyTable {
  return {
    title: '',
    columns: [
      { header: 'PFN' },
      { header: 'order', align: 'end' },
      { header: 'asked for' },
      { header: 'lies in' },
      { header: 'can be moved' },
      { header: 'allocated in' },
      { header: 'by' },
      { header: 'line' },
    ],
    rows: rows.map((row) => [
      formatPfn(row.pfn),
      String(row.order),
      row.pageType === '' ? 'not movable' : row.pageType,
      row.misplacedBy,
      LRU_WORDS[row.lru],
      row.allocator === '' ? 'not recorded' : row.allocator,
      row.task,
      placeText(row.place),
    ]),
  }
}

function groupTable({ grouping, age }: OwnersAnswer, rows: readonly OwnerGroupAnswer[]): CopyTable {
  const hasAges = age !== undefined && age.ts >= 0 && grouping !== 'age'
  const isStack = grouping === 'stack'
  return {
    title: '',
    columns: [
      ...NUMBERS.map((header) => ({ header, align: 'end' }) as const),
      ...(isStack ? [] : [{ header: 'stacks', align: 'end' } as const]),
      ...(hasAges ? [{ header: 'oldest', align: 'end' } as const, { header: 'newest', align: 'end' } as const] : []),
      { header: isStack ? 'allocated in' : grouping },
      { header: 'first line' },
    ],
    rows: rows.map((row) => [
      String(row.pages),
      String(row.sizeBytes),
      `${(row.share * 100).toFixed(1)} %`,
      row.allocations < 0 ? 'not told' : String(row.allocations),
      String(row.misplaced),
      ...(isStack ? [] : [String(row.stacks)]),
      ...(hasAges ? [row.oldestText, row.newestText] : []),
      isStack ? stackLine(row) : titleText(row),
      placeText(row.place),
    ]),
  }
}

const NUMBERS = ['pages', 'bytes', 'share', 'allocations', 'wrong mt'] as const

function compareLines(compared: CompareOwnersAnswer): readonly string[] {
  const { base, other, sums, deltaPages, deltaBytes, rows } = compared
  return [
    `${base?.id ?? ''} → ${other?.id ?? ''}: ${signed(deltaPages)} pages, ${signed(deltaBytes)} bytes; ${pageSizeText(compared)}`,
    WHO,
    ...matchLines(compared),
    sums
      .map(
        ({ change, stacks, deltaPages: by }) =>
          `${change} ${counted(stacks, 'stack')}${change === 'same' ? '' : ` ${signed(by)} pages`}`,
      )
      .join(', '),
    '',
    ...tableLines(compareTable(rows.slice(0, MOST_ROWS)), rows.length, ''),
  ]
}

function compareTable(rows: readonly ComparedStack[]): CopyTable {
  const numbers = ['pages', 'bytes', 'before', 'after'].map((header) => ({ header, align: 'end' }) as const)
  return {
    title: '',
    columns: [
      { header: 'change' },
      ...numbers,
      { header: 'allocated in' },
      { header: 'line before' },
      { header: 'line after' },
    ],
    rows: rows.map((row) => [
      row.change,
      signed(row.deltaPages),
      signed(row.deltaBytes),
      String(row.pagesBefore),
      String(row.pagesAfter),
      stackLine(row),
      row.placeBefore === undefined ? '-' : placeText(row.placeBefore),
      row.placeAfter === undefined ? '-' : placeText(row.placeAfter),
    ]),
  }
}

function trendLines(trend: OwnerTrendAnswer): readonly string[] {
  const { dumps, totals, grewInEach, rows, total } = trend
  return [
    `${dumps.length} dumps: ${dumps.map(({ id }, at) => `${id} ${totals[at]}`).join(' → ')} pages; ${pageSizeText(trend)}`,
    WHO,
    ...matchLines(trend),
    `${grewInEach} of ${counted(total, 'stack')} grew in each of ${dumps.length} dumps`,
    '',
    ...tableLines(trendTable(trend, rows.slice(0, MOST_ROWS)), rows.length, ''),
  ]
}

function trendTable({ dumps }: OwnerTrendAnswer, rows: OwnerTrendAnswer['rows']): CopyTable {
  return {
    title: '',
    columns: [
      ...['pages', 'bytes', ...dumps.map(({ id }) => id)].map((header) => ({ header, align: 'end' }) as const),
      { header: 'grew' },
      { header: 'allocated in' },
      { header: 'line' },
    ],
    rows: rows.map((row) => [
      signed(row.growthPages),
      signed(row.growthBytes),
      ...row.pages.map(String),
      row.grewInEach ? `in each of ${dumps.length}` : '',
      stackLine(row),
      placeText(row.place),
    ]),
  }
}

function matchLines({ kernels, notes }: Pick<CompareOwnersAnswer, 'kernels' | 'notes'>): readonly string[] {
  return [
    'Stacks are matched by function names, without offsets.',
    ...(kernels === undefined
      ? []
      : [
          `Two kernels: most functions have another size, ${kernels.before} and ${kernels.after}; times and PFNs of two boots do not join.`,
        ]),
    ...notes.map((note) => `Mind: ${note}.`),
  ]
}

function tableLines(table: CopyTable, all: number, title: string): readonly string[] {
  const more = all - table.rows.length
  return [
    ...(title === '' ? [] : [`${counted(all, 'group')} ${title}`]),
    ...writeCopy(table, 'text').trimEnd().split('\n'),
    ...(more > 0 ? [`and ${more} more, all in --json`] : []),
  ]
}

/** `do_tee ← caller ← caller`: symbols tell stacks apart that one frame names. */
function stackLine({
  title,
  missing,
  stack,
}: {
  readonly title: string
  readonly missing: string
  readonly stack: StackAnswer
}): string {
  if (title === '') return `not recorded: ${missing}`
  const own = stack.frames.findIndex(({ isHolder }) => isHolder)
  return [title, ...stack.frames.slice(own + 1, own + 5).map(({ symbol }) => symbol)].join(' ← ')
}

function titleText({ title }: OwnerGroupAnswer): string {
  return title === '' ? 'not recorded' : title
}

function allocationsText(allocations: number): string {
  return allocations < 0 ? '' : ` in ${counted(allocations, 'allocation')}`
}

function pageSizeText({ pageBytes, isPageSizeAssumed }: Pick<OwnersAnswer, 'pageBytes' | 'isPageSizeAssumed'>): string {
  return isPageSizeAssumed ? `pages of ${pageBytes} bytes assumed, no file tells` : `pages of ${pageBytes} bytes`
}

function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change)
}

function placeText({ fileName, line }: PlaceAnswer): string {
  return `${fileName}:${line}`
}
