import { type PinnerGrouping } from '../queries/pinner-keys.ts'
import { type PinnerOrder, type PinnerSort } from '../queries/pinner-sort.ts'
import { type RecordTool, type RecordTrigger } from '../queries/record/record-question.ts'
import { type PfnSpan } from '../base/pfn-spans.ts'
import { type CaptureRef, fileRef, setRef } from './capture-ref.ts'
import {
  absoluteTime,
  count,
  flag,
  oneOf,
  pfn,
  pfnSpans,
  ruleIds,
  ruleSetRef,
  sortOrders,
  stackHash,
  text,
  thousandths,
} from './link-parameter.ts'
import { END, mendValue } from './link-repair.ts'
import { readEntries, readParameter, writeEntries, writeParameter as write } from './link-table.ts'
import { LINK_VERSION, upgradeLink, versionOf } from './link-upgrade.ts'
import { VIEW_LINKS, type ViewLinkValues } from './links/view-links.ts'
import { formatPlace, parsePlace } from './place-in-link.ts'

/** The screens, in the order of their keys 1, 2, 3 …; the last one is behind `?`. */
export const VIEW_IDS = [
  'triage',
  'pfn',
  'pinners',
  'map',
  'owners',
  'events',
  'compare',
  'record',
  'files',
  'help',
] as const
export type ViewId = (typeof VIEW_IDS)[number]

/** What can be recorded, and with what, as links write it. */
export const RECORD_TRIGGERS = [
  'cma',
  'offline',
  'compaction',
  'hugetlb',
  'wait',
] as const satisfies readonly RecordTrigger[]
export const RECORD_TOOLS = ['tracefs', 'trace-cmd', 'perf'] as const satisfies readonly RecordTool[]

/** Parts of the Files screen that the status line leads to. */
export const FILES_SECTIONS = [
  'files',
  'events',
  'lost',
  'rejected',
  'messages',
  'machine',
  'stacks',
  'depot',
  'indexes',
] as const
export type FilesSection = (typeof FILES_SECTIONS)[number]

/** Holds at least this long are long-term, unless the link says otherwise. us. */
export const DEFAULT_THRESHOLD_US = 300_000

/** Columns that pinners can be sorted by, and what their holds can be grouped by, as links write them. */
export const PINNER_SORTS = [
  'holds',
  'open',
  'longest',
  'total',
  'pages',
  'tasks',
  'stacks',
  'ranges',
  'hidden',
  'holder',
] as const satisfies readonly PinnerSort[]
export const PINNER_GROUPINGS = [
  'stack',
  'holder',
  'task',
  'class',
  'order',
  'migratetype',
] as const satisfies readonly PinnerGrouping[]

/**
 * What is being looked at: the whole of it is in the URL. Only stable identities: absolute times as printed, PFNs,
 * stack hashes, `file:line`; never a row number. What is absent is not selected.
 */
export interface ViewState extends ViewLinkValues {
  readonly view: ViewId
  /** The capture that the link is about; absent before a file is open. */
  readonly capture?: CaptureRef
  /** Id of the selected failed range. */
  readonly failure?: string
  /** Selected page. */
  readonly pfn?: number
  /** 1-based lifetime of the selected page; 0 is the whole trace; absent lets the view choose. */
  readonly lifetime?: number
  /** Committed window, absolute ns (or counts) as decimal strings: see `time-in-link.ts`. */
  readonly from?: string
  readonly to?: string
  /** Whole nanoseconds at least: thousandths, because a clock may count instead of telling microseconds. */
  readonly thresholdUs: number
  /** Substring of symbol, comm or pid. */
  readonly filter: string
  /** Holds that migration expects are listed too. */
  readonly includeExpected: boolean
  /** Noise rules, by id or class, that are switched off: their holds are listed too. Empty when `includeExpected`. */
  readonly shownRules: readonly string[]
  /**
   * Rules of a person that the link was made with: their hash, or `off:driver,unmap` when nothing but switches differs;
   * absent for the rules that come with pinscope.
   */
  readonly ruleSet?: string
  /** What pinners are grouped by. */
  readonly grouping: PinnerGrouping
  /** Name of the selected group of pinners: a holder's frame, `comm-pid`, a class, an order, a migratetype. */
  readonly group?: string
  readonly sort?: PinnerSort
  readonly isAscending: boolean
  /** Columns to sort by where `sort` leaves rows equal. */
  readonly thenBy: readonly PinnerOrder[]
  /** Selected event: `trace.txt:8127`. */
  readonly event?: string
  /** Selected stack: 16 hex digits. */
  readonly stack?: string
  /** Part of the Files screen to bring into sight. */
  readonly section?: FilesSection
  /** Events by this name only. */
  readonly eventName?: string
  /** How to record; what is absent is what the capture suggests. No spans: the pages of the area or the block. */
  readonly recordKernel?: string
  readonly recordTrigger?: RecordTrigger
  readonly recordTool?: RecordTool
  readonly recordSpans?: readonly PfnSpan[]
  readonly recordArea?: string
  readonly recordBlock?: number
  readonly isRecordFromBoot?: true
}

/** A link's parameters as text. */
export type LinkParameters = Readonly<Record<string, string>>

/** What is looked at when the link says nothing. */
export const DEFAULT_VIEW: ViewState = {
  view: 'triage',
  thresholdUs: DEFAULT_THRESHOLD_US,
  filter: '',
  includeExpected: false,
  shownRules: [],
  grouping: 'stack',
  isAscending: false,
  thenBy: [],
}

/** Paths of links that were made when a screen had another name. */
const FORMER_NAMES: ReadonlyMap<string, ViewId> = new Map([['ranges', 'triage']])

/** The screen that a path names. */
function namedView(path: string): ViewId | undefined {
  const written = path.replace(/^\/+/, '').split('/')[0]
  const name = FORMER_NAMES.get(written) ?? written
  return VIEW_IDS.find((id) => id === name)
}

/** `pfn` of `/pfn`; the default when the path names no view. */
function parseViewId(path: string): ViewId {
  return namedView(path) ?? DEFAULT_VIEW.view
}

/** What of a link was not understood, so that it can be said. */
export interface LinkTrouble {
  /** Parts that say nothing here, as they are written: `pfn=12`, `colour=red`; the path as `/colours`. */
  readonly unread: readonly string[]
  /** Names of parameters that were understood without what did not belong to them: a point behind them, a break of a line. */
  readonly mended: readonly string[]
  /** The version that it was written in, where that is a later one than this page knows. */
  readonly laterVersion?: number
  /** It was cut off on its way. */
  readonly isCut: boolean
}

/** Reads a link of any version, and tells what of it was not understood. */
export function readView(
  path: string,
  parameters: LinkParameters,
): { readonly view: ViewState; readonly trouble: LinkTrouble } {
  const known = new Set(['v', END])
  const [unread, mended]: [string[], string[]] = [[], []]
  const read: typeof readParameter = (given, name, parameter) => {
    known.add(name)
    if (!Object.hasOwn(given, name)) return undefined
    const value = parameter.parse(given[name])
    const again = value === undefined ? parameter.parse(mendValue(given[name])) : undefined
    if (again !== undefined) mended.push(name)
    else if (value === undefined) unread.push(`${name}=${parameters[name] ?? given[name]}`)
    return value ?? again
  }
  const view = viewOf(path, upgradeLink(parameters), read)
  const version = versionOf(parameters)
  if (version === undefined) unread.push(`v=${parameters['v']}`)
  if (namedView(path) === undefined && path.replaceAll('/', '') !== '') unread.push(path)
  for (const [name, value] of Object.entries(parameters))
    if (!known.has(name)) unread.push(value === '' ? name : `${name}=${value}`)
  const isLater = version !== undefined && version > LINK_VERSION
  const hasEnd = Object.hasOwn(parameters, END)
  // How a later version ends its links nobody can know.
  const isCut = Object.hasOwn(parameters, 'v') && version !== undefined && version >= 2 && !isLater && !hasEnd
  return { view, trouble: { unread, mended, isCut, ...(isLater ? { laterVersion: version } : {}) } }
}

/** Reads a link of any version. Bad values fall back to the default; unknown parameters are left out. */
export function parseView(path: string, parameters: LinkParameters): ViewState {
  return readView(path, parameters).view
}

/** True of the name of a parameter. */
export function isLinkName(name: string): boolean {
  return LINK_NAMES.has(name)
}

const LINK_NAMES: ReadonlySet<string> = namesOfLinks()

/** Each parameter is asked for when a link is read: so that there is one list of them. */
function namesOfLinks(): ReadonlySet<string> {
  const names = new Set(['v', END])
  viewOf('/', {}, (_given, name) => {
    names.add(name)
    return undefined
  })
  return names
}

function viewOf(path: string, given: LinkParameters, read: typeof readParameter): ViewState {
  const capture = captureOf(given, read)
  return {
    view: parseViewId(path),
    capture,
    failure: read(given, 'failure', text),
    pfn: read(given, 'pfn', pfn),
    lifetime: read(given, 'life', count),
    from: read(given, 'from', absoluteTime),
    to: read(given, 'to', absoluteTime),
    thresholdUs: read(given, 'threshold', thousandths) ?? DEFAULT_VIEW.thresholdUs,
    filter: read(given, 'filter', text) ?? DEFAULT_VIEW.filter,
    includeExpected: read(given, 'expected', flag) ?? DEFAULT_VIEW.includeExpected,
    shownRules: read(given, 'rules', ruleIds) ?? DEFAULT_VIEW.shownRules,
    ruleSet: read(given, 'ruleset', ruleSetRef),
    grouping: read(given, 'group', oneOf(PINNER_GROUPINGS)) ?? DEFAULT_VIEW.grouping,
    group: read(given, 'row', text),
    sort: read(given, 'sort', oneOf(PINNER_SORTS)),
    isAscending: read(given, 'ascending', flag) ?? DEFAULT_VIEW.isAscending,
    thenBy: read(given, 'then', sortOrders(PINNER_SORTS)) ?? DEFAULT_VIEW.thenBy,
    event: eventIn(capture, read(given, 'event', text)),
    stack: read(given, 'stack', stackHash),
    eventName: read(given, 'name', text),
    recordKernel: read(given, 'kernel', text),
    recordTrigger: read(given, 'trigger', oneOf(RECORD_TRIGGERS)),
    recordTool: read(given, 'tool', oneOf(RECORD_TOOLS)),
    recordSpans: read(given, 'pfns', pfnSpans),
    recordArea: read(given, 'area', text),
    recordBlock: read(given, 'block', count),
    isRecordFromBoot: read(given, 'boot', flag),
    section: read(given, 'section', oneOf(FILES_SECTIONS)),
    ...readEntries(VIEW_LINKS, given, read),
  }
}

/** The inverse of `parseView`: path and parameters, defaults left out, the version first, the mark of the end last. */
export function serializeView(view: ViewState): { readonly path: string; readonly parameters: LinkParameters } {
  const parameters: Record<string, string> = { v: String(LINK_VERSION) }
  write(parameters, 'f', fileRef, view.capture)
  write(parameters, 'set', setRef, view.capture?.set === '' ? undefined : view.capture?.set)
  write(parameters, 'failure', text, view.failure)
  write(parameters, 'pfn', pfn, view.pfn)
  write(parameters, 'life', count, view.lifetime)
  write(parameters, 'from', absoluteTime, view.from)
  write(parameters, 'to', absoluteTime, view.to)
  write(parameters, 'threshold', thousandths, unless(view.thresholdUs, DEFAULT_VIEW.thresholdUs))
  write(parameters, 'filter', text, unless(view.filter, DEFAULT_VIEW.filter))
  write(parameters, 'expected', flag, view.includeExpected || undefined)
  write(parameters, 'rules', ruleIds, view.shownRules.length === 0 ? undefined : view.shownRules)
  write(parameters, 'ruleset', ruleSetRef, view.ruleSet)
  write(parameters, 'group', text, unless(view.grouping, DEFAULT_VIEW.grouping))
  write(parameters, 'row', text, view.group)
  write(parameters, 'sort', text, view.sort)
  write(parameters, 'ascending', flag, view.isAscending || undefined)
  write(parameters, 'then', sortOrders(PINNER_SORTS), view.thenBy.length === 0 ? undefined : view.thenBy)
  write(parameters, 'event', text, view.event && shortEvent(view.capture, view.event))
  write(parameters, 'stack', stackHash, view.stack)
  write(parameters, 'name', text, view.eventName)
  write(parameters, 'kernel', text, view.recordKernel)
  write(parameters, 'trigger', text, view.recordTrigger)
  write(parameters, 'tool', text, view.recordTool)
  write(parameters, 'pfns', pfnSpans, view.recordSpans)
  write(parameters, 'area', text, view.recordArea)
  write(parameters, 'block', count, view.recordBlock)
  write(parameters, 'boot', flag, view.isRecordFromBoot)
  write(parameters, 'section', text, view.section)
  writeEntries(VIEW_LINKS, new Map(Object.entries(view)), parameters)
  parameters[END] = ''
  return { path: `/${view.view}`, parameters }
}

/** `:8127` is a line of the file that the link is about. */
function shortEvent(capture: CaptureRef | undefined, event: string): string {
  const place = parsePlace(event)
  return place !== undefined && place.fileName === capture?.fileName ? `:${place.line}` : event
}

function eventIn(capture: CaptureRef | undefined, event: string | undefined): string | undefined {
  if (capture === undefined || event === undefined || !/^:[1-9]\d*$/.test(event)) return event
  return formatPlace({ fileName: capture.fileName, line: Number(event.slice(1)) })
}

function captureOf(given: LinkParameters, read: typeof readParameter): CaptureRef | undefined {
  const file = read(given, 'f', fileRef)
  return file && { ...file, set: read(given, 'set', setRef) ?? '' }
}

function unless<T>(value: T, usual: T): T | undefined {
  return value === usual ? undefined : value
}

/** The threshold as questions hold it: whole nanoseconds, or counts. */
export function thresholdNsOf({ thresholdUs }: Pick<ViewState, 'thresholdUs'>): number {
  return Math.round(thresholdUs * 1000)
}
