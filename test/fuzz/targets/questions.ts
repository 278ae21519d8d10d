import { type OverviewAnswer } from '../../../src/queries/overview.ts'
import { type QuestionName, type Questions } from '../../../src/bridge/protocol.ts'
import { TRIAGE_LIST } from '../../support/triage-list.ts'

/** What there is to ask about, as earlier answers told it. */
export interface Subjects {
  readonly overview: OverviewAnswer
  /** Id of a failed range; empty where there is none. */
  readonly failure: string
  readonly pfn: number
  readonly stackHash: string
  readonly filter: string
}

/** The questions that need no other answer first. */
export type PlainName = Exclude<QuestionName, 'compare' | 'compareRow' | 'flameFrame'>

const ABOUT = { thresholdNs: 0, includeExpected: true }
const WINDOW = { offset: 0, limit: 50 }
const FLAME = {
  ...ABOUT,
  filter: '',
  order: 'callers',
  innermost: 'tracepoint',
  mergesRecursion: false,
  mergesModules: false,
  collapsed: [],
  hidden: [],
} as const

/** One question of each name. A new name does not pass the types until it is asked here. */
export function questionsAbout({ overview, failure, pfn, stackHash, filter }: Subjects): {
  readonly [Name in PlainName]: Questions[Name]['question']
} {
  const lines = overview.files[0]?.ledger.total ?? 0
  const owners = { dump: '', grouping: 'task', filter, sort: 'pages', isDescending: true, ...WINDOW } as const
  const spans = [{ startPfn: Math.max(0, pfn - 512), endPfn: pfn + 512 }]
  return {
    overview: {},
    spilled: {},
    nextRecording: {},
    failures: { thresholdNs: 1 },
    failure: { id: failure, thresholdNs: 1, ...WINDOW },
    triage: { ...TRIAGE_LIST, filter },
    triagePlace: { ...TRIAGE_LIST, grouping: 'none', sort: 'time', id: failure },
    pageFacts: { pfn },
    timeline: { pfn, lifetime: 0, columns: 300 },
    events: { ...WINDOW, filter },
    eventsHistogram: { columns: 90, filter },
    eventsDifference: { versus: 'matches', filter, dimension: 'stack', limit: 9 },
    filterAssist: { text: filter, caret: filter.length },
    pinners: { ...ABOUT, filter, sort: 'tasks', isDescending: true, ...WINDOW },
    pinnerThresholds: { includeExpected: true, filter, thresholdsNs: [0, 1000] },
    flame: { ...FLAME, filter, area: 'holds', search: 'leak', widthPx: 900 },
    flameFolded: { ...FLAME, area: 'time' },
    pinnerHolds: { stackHash, ...ABOUT, filter, ...WINDOW },
    stackTotals: { source: '', filter, sort: 'pages', isDescending: true, ...WINDOW },
    owners,
    ownerPages: { dump: '', grouping: 'task', filter, group: 'init-1', ...WINDOW },
    misplacedOwners: { dump: '', filter, ...WINDOW },
    compareOwners: { base: '', other: '', filter, changes: [], sort: 'delta', isDescending: true, ...WINDOW },
    ownerTrend: { filter, sort: 'growth', isDescending: true, ...WINDOW },
    machine: { filter, ...WINDOW },
    kernelNotes: { kind: '', filter, ...WINDOW },
    rules: { choice: { ...ABOUT, filter } },
    pageRules: { pfn, choice: ABOUT },
    rulePreview: {
      rule: { id: 'mine', class: 'io', on: 'both', frames: ['leaky_grab'], reason: 'mine', source: 'a.c' },
    },
    search: { text: filter === '' ? '0x100' : filter, limit: 9 },
    mapSpace: { thresholdNs: 1 },
    mapCells: { spans, cellPages: 1, mode: 'holds', thresholdNs: 1 },
    mapUnit: { ...spans[0], thresholdNs: 1 },
    mapUnits: { spans, unitPages: 512, mode: 'blocked', sort: 'pfn', thresholdNs: 1, ...WINDOW },
    mapHeat: { ...spans[0], rows: 4, columns: 8, mode: 'events', thresholdNs: 1 },
    compareDigest: { choice: { grouping: 'stack', ...ABOUT, filter } },
    rawLines: { file: 0, line: Math.max(1, lines - 3), count: 9 },
    slice: {
      about: failure === '' ? { kind: 'page', pfn: `0x${pfn.toString(16)}` } : { kind: 'range', failure },
      link: '/triage?v=1',
      thresholdNs: 1,
      redact: { comms: true, pids: true, addresses: true, files: true, symbols: [] },
    },
    sliceTold: { thresholdNs: 1 },
    bugReport: { about: { kind: 'failure', id: failure }, format: 'text', thresholdNs: 1 },
  }
}
