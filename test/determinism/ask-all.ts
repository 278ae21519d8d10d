import { type QuestionName, type Questions } from '../../src/bridge/protocol.ts'
import { BUG_REPORT_FORMATS } from '../../src/queries/bug-report-question.ts'
import { COMPARE_GROUPINGS } from '../../src/queries/compare/compare-question.ts'
import { DIFFERENCE_DIMENSIONS } from '../../src/queries/events-difference.ts'
import { FLAME_AREAS, FLAME_ORDERS } from '../../src/queries/flame/flame-question.ts'
import { MAP_MODES } from '../../src/queries/map/map-modes.ts'
import { OWNER_GROUPINGS } from '../../src/queries/owners/owner-keys.ts'
import { PINNER_GROUPINGS } from '../../src/queries/pinner-keys.ts'
import { REDACT_NOTHING } from '../../src/report/slice/redact-choice.ts'

/** Asks one question of a capture. */
export type Ask = <Name extends QuestionName>(
  name: Name,
  question: Questions[Name]['question'],
) => Promise<Questions[Name]['answer']>

/** What was asked, and answered. */
export interface Asked {
  readonly name: QuestionName
  readonly question: unknown
  readonly answer: unknown
}

/** Rows of a table that are asked for: more than a screen shows. */
const ROWS = 200
/** Blocking pages whose own screen is looked at. */
const PAGES = 6
const RANGES = 20

/** Asks what the ten screens, the search, the mail and the slice ask of a capture, one question behind the other. */
export async function askAll(askOne: Ask, thresholdNs: number): Promise<readonly Asked[]> {
  const all: Asked[] = []
  const ask: Ask = async (name, question) => {
    let answer = await askOne(name, question)
    // What takes long is answered as far as it has come, and asked for again, as a screen does.
    while (isUnderWay(answer)) answer = await askOne(name, question)
    all.push({ name, question, answer })
    return answer
  }
  const { files } = await ask('overview', {})
  const pfns = await askTriage(ask, thresholdNs)
  for (const pfn of pfns) await askPage(ask, pfn)
  await askPinners(ask, thresholdNs)
  await askFlame(ask)
  await askOwners(ask)
  await askEvents(ask)
  await askMap(ask, thresholdNs)
  await askCompare(ask, thresholdNs)
  await askMachine(ask, thresholdNs)
  for (const { index, ledger } of files) await askLines(ask, index, ledger.total)
  return all
}

function isUnderWay(answer: object | string): boolean {
  if (typeof answer === 'string') return false
  if ('countedTo' in answer && answer.countedTo !== undefined) return true
  return 'lookedAt' in answer && 'toLookAt' in answer && Number(answer.lookedAt) < Number(answer.toLookAt)
}

/** PFNs of some blocking pages. */
async function askTriage(ask: Ask, thresholdNs: number): Promise<readonly number[]> {
  const list = { thresholdNs, filter: '', sort: 'blocked', isDescending: true, isFolded: false, except: [] } as const
  for (const grouping of ['culprit', 'none'] as const)
    await ask('triage', { ...list, grouping, offset: 0, limit: ROWS })
  const { failures } = await ask('failures', { thresholdNs })
  const pfns = new Set<number>()
  for (const { id } of failures.slice(0, RANGES)) {
    await ask('triagePlace', { ...list, grouping: 'culprit', id })
    const detail = await ask('failure', { id, thresholdNs, offset: 0, limit: ROWS })
    if (detail.found) for (const { pfn } of detail.pages) if (pfns.size < PAGES) pfns.add(pfn)
  }
  for (const format of BUG_REPORT_FORMATS) await ask('bugReport', { about: { kind: 'first' }, format, thresholdNs })
  const [first] = failures
  if (first !== undefined) {
    const about = { kind: 'range', failure: first.id } as const
    await ask('slice', { about, link: `/triage?v=1`, thresholdNs, redact: REDACT_NOTHING })
  }
  await ask('sliceTold', { thresholdNs })
  return [...pfns]
}

async function askPage(ask: Ask, pfn: number): Promise<void> {
  const facts = await ask('pageFacts', { pfn })
  for (let lifetime = 0; lifetime < Math.min(3, facts.lifetimes.length); lifetime++)
    await ask('timeline', { pfn, lifetime, columns: 500 })
  await ask('pageRules', { pfn, choice: { thresholdNs: 0, includeExpected: false } })
  await ask('events', { pfn, offset: 0, limit: ROWS })
  await ask('search', { text: `0x${pfn.toString(16)}`, limit: 20 })
}

async function askPinners(ask: Ask, thresholdNs: number): Promise<void> {
  for (const grouping of PINNER_GROUPINGS) {
    const choice = { thresholdNs, includeExpected: grouping === 'class', filter: '', withBlockers: true, grouping }
    const groups = { ...choice, sort: 'ranges', isDescending: true, offset: 0, limit: ROWS } as const
    const { rows } = await ask('pinners', groups)
    if (grouping !== 'stack') continue
    for (const { group } of rows.slice(0, 5)) {
      const held = { stackHash: group, thresholdNs: 0, includeExpected: true, filter: '' }
      await ask('pinnerHolds', { ...held, offset: 0, limit: ROWS })
    }
  }
  await ask('pinnerThresholds', { includeExpected: false, filter: '', thresholdsNs: [0, 1e3, 1e6, 1e9] })
}

async function askFlame(ask: Ask): Promise<void> {
  for (const order of FLAME_ORDERS) {
    const how = {
      order,
      innermost: 'holder',
      mergesRecursion: false,
      mergesModules: false,
      collapsed: [],
      hidden: [],
    } as const
    const choice = { ...how, thresholdNs: 0, includeExpected: true, filter: '' }
    for (const area of FLAME_AREAS) await ask('flameFolded', { ...choice, area })
    const { frames } = await ask('flame', { ...choice, area: 'holds', search: '', widthPx: 1000 })
    for (const { id } of frames.slice(0, 2)) await ask('flameFrame', { ...choice, frame: id, offset: 0, limit: ROWS })
  }
}

async function askOwners(ask: Ask): Promise<void> {
  for (const grouping of OWNER_GROUPINGS) {
    const dump = { dump: '', grouping, filter: '' }
    const { rows } = await ask('owners', { ...dump, sort: 'pages', isDescending: true, offset: 0, limit: ROWS })
    for (const { group } of rows.slice(0, 2)) await ask('ownerPages', { ...dump, group, offset: 0, limit: ROWS })
  }
  const order = { isDescending: true, filter: '', offset: 0, limit: ROWS }
  await ask('misplacedOwners', { dump: '', filter: '', offset: 0, limit: ROWS })
  await ask('compareOwners', { ...order, base: '', other: '', changes: [], sort: 'delta' })
  await ask('ownerTrend', { ...order, sort: 'growth' })
  await ask('stackTotals', { ...order, source: '', sort: 'pages' })
}

async function askEvents(ask: Ask): Promise<void> {
  const { total } = await ask('events', { offset: 0, limit: ROWS })
  for (const share of [1 / 3, 2 / 3, 1])
    await ask('events', { offset: Math.max(0, Math.floor(total * share) - ROWS), limit: ROWS })
  for (const filter of ['', 'op:set', 'stack:alloc* -op:put', 'class:unknown'])
    await ask('eventsHistogram', { columns: 200, filter })
  for (const dimension of DIFFERENCE_DIMENSIONS)
    await ask('eventsDifference', { versus: 'matches', filter: 'op:set', dimension, limit: 50 })
  await ask('filterAssist', { text: 'comm:', caret: 5 })
}

async function askMap(ask: Ask, thresholdNs: number): Promise<void> {
  const { spans, outlines } = await ask('mapSpace', { thresholdNs })
  for (const mode of MAP_MODES) {
    await ask('mapCells', { spans, cellPages: 512, mode, thresholdNs })
    await ask('mapUnits', { spans, unitPages: 512, mode, sort: 'value', thresholdNs, offset: 0, limit: 50 })
  }
  for (const { startPfn, endPfn } of outlines.slice(0, 3)) await ask('mapUnit', { startPfn, endPfn, thresholdNs })
  const [range] = outlines.toSorted((one, other) => one.endPfn - one.startPfn - (other.endPfn - other.startPfn))
  if (range === undefined) return
  for (const mode of ['events', 'holds', 'excess'] as const)
    await ask('mapHeat', { startPfn: range.startPfn, endPfn: range.endPfn, rows: 16, columns: 50, mode, thresholdNs })
}

/** The capture beside itself. */
async function askCompare(ask: Ask, thresholdNs: number): Promise<void> {
  for (const grouping of COMPARE_GROUPINGS) {
    const choice = { grouping, thresholdNs, includeExpected: true, filter: '' }
    const other = await ask('compareDigest', { choice })
    await ask('compare', { choice, other, sort: 'rank', isDescending: true, offset: 0, limit: ROWS })
    const [first] = other.groups
    if (first !== undefined) await ask('compareRow', { choice, name: first.name, limit: 5 })
  }
}

async function askMachine(ask: Ask, thresholdNs: number): Promise<void> {
  await ask('machine', { filter: '', offset: 0, limit: 1000 })
  await ask('kernelNotes', { kind: '', filter: '', offset: 0, limit: 1000 })
  await ask('rules', { choice: { thresholdNs, includeExpected: false, filter: '' } })
  const rule = { id: 'mine', class: 'io', on: 'both', frames: ['kmem_cache_alloc'], reason: 'mine', source: 'a.c' }
  await ask('rulePreview', { rule })
  await ask('nextRecording', {})
  await ask('spilled', {})
}

/** The first lines of a file, some in the middle, and its last. */
async function askLines(ask: Ask, file: number, total: number): Promise<void> {
  for (const line of new Set([1, Math.ceil(total / 2), Math.max(1, total - 3)]))
    await ask('rawLines', { file, line, count: 4 })
}
