import { type QuestionName, type Questions } from '../../src/bridge/protocol.ts'
import { stackHashOf } from '../../src/derive/stack-hash.ts'
import { wholeDigest } from '../../src/queries/compare/compare-digest.ts'
import { findFlame } from '../../src/queries/flame/flame.ts'
import { LEAK, toldCapture } from './told-capture.ts'
import { TRIAGE_LIST } from './triage-list.ts'

const capture = toldCapture(LEAK)
const id = capture.derived.findings[0].range.id
const stackHash = stackHashOf(capture.trace, capture.trace.events.stack[2])
const comparing = { grouping: 'stack', thresholdNs: 0, includeExpected: true, filter: '' } as const
const digest = wholeDigest(capture.trace, capture.derived, comparing)
const flame = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  order: 'callers',
  innermost: 'tracepoint',
  mergesRecursion: false,
  mergesModules: false,
  collapsed: [],
  hidden: [],
} as const
const flameFrameId = findFlame(capture.trace, capture.derived, { ...flame, area: 'holds', search: '', widthPx: 900 })
  .frames[0].id
/** Each question once, as asked of the capture of `LEAK`. */
export const QUESTIONS: { readonly [Name in QuestionName]: Questions[Name]['question'] } = {
  nextRecording: {},
  overview: {},
  spilled: {},
  failures: { thresholdNs: 1 },
  failure: { id, thresholdNs: 1, offset: 0, limit: 9 },
  triage: TRIAGE_LIST,
  triagePlace: { ...TRIAGE_LIST, grouping: 'none', sort: 'time', id },
  pageFacts: { pfn: 0x100 },
  timeline: { pfn: 0x100, lifetime: 0, columns: 100 },
  events: { offset: 0, limit: 9 },
  eventsHistogram: { columns: 9, filter: 'op:set' },
  eventsDifference: { versus: 'matches', filter: 'op:set', dimension: 'stack', limit: 9 },
  filterAssist: { text: 'op:s', caret: 4 },
  pinners: {
    thresholdNs: 0,
    includeExpected: true,
    filter: '',
    sort: 'tasks',
    isDescending: true,
    offset: 0,
    limit: 9,
  },
  pinnerThresholds: { includeExpected: true, filter: '', thresholdsNs: [0, 1000] },
  flame: { ...flame, area: 'ranges', search: '/leak/', widthPx: 900 },
  flameFrame: { ...flame, frame: flameFrameId, offset: 0, limit: 9 },
  flameFolded: { ...flame, area: 'time' },
  pinnerHolds: { stackHash, thresholdNs: 0, includeExpected: true, filter: '', offset: 0, limit: 9 },
  stackTotals: { source: '', filter: '', sort: 'pages', isDescending: true, offset: 0, limit: 9 },
  owners: { dump: '', grouping: 'task', filter: '', sort: 'pages', isDescending: true, offset: 0, limit: 9 },
  ownerPages: { dump: '', grouping: 'task', filter: '', group: 'drv-9', offset: 0, limit: 9 },
  misplacedOwners: { dump: '', filter: '', offset: 0, limit: 9 },
  compareOwners: {
    base: '',
    other: '',
    filter: '',
    changes: [],
    sort: 'delta',
    isDescending: true,
    offset: 0,
    limit: 9,
  },
  ownerTrend: { filter: '', sort: 'growth', isDescending: true, offset: 0, limit: 9 },
  machine: { filter: '', offset: 0, limit: 9 },
  kernelNotes: { kind: '', filter: '', offset: 0, limit: 9 },
  rules: { choice: { thresholdNs: 0, includeExpected: false, filter: '' } },
  pageRules: { pfn: 0x100, choice: { thresholdNs: 0, includeExpected: false } },
  rulePreview: {
    rule: { id: 'mine', class: 'io', on: 'both', frames: ['leaky_grab'], reason: 'mine', source: 'a.c' },
  },
  search: { text: '0x100', limit: 9 },
  mapSpace: { thresholdNs: 1 },
  mapCells: { spans: [{ startPfn: 0, endPfn: 0x400 }], cellPages: 1, mode: 'holds', thresholdNs: 1 },
  mapUnit: { startPfn: 0, endPfn: 0x200, thresholdNs: 1 },
  mapUnits: {
    spans: [{ startPfn: 0, endPfn: 0x400 }],
    unitPages: 512,
    mode: 'blocked',
    sort: 'pfn',
    thresholdNs: 1,
    offset: 0,
    limit: 9,
  },
  mapHeat: { startPfn: 0, endPfn: 0x200, rows: 4, columns: 8, mode: 'events', thresholdNs: 1 },
  compareDigest: { choice: comparing },
  compare: { choice: comparing, other: digest, sort: 'rank', isDescending: true, offset: 0, limit: 9 },
  compareRow: { choice: comparing, name: digest.groups[0].name, limit: 3 },
  rawLines: { file: 0, line: 1, count: 3 },
  slice: {
    about: { kind: 'page', pfn: '0x100' },
    link: '/pfn?v=1&pfn=0x100',
    thresholdNs: 1,
    redact: { comms: true, pids: true, addresses: true, files: true, symbols: [] },
  },
  sliceTold: { thresholdNs: 1 },
  bugReport: { about: { kind: 'failure', id }, format: 'text', thresholdNs: 1 },
}
