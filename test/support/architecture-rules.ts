import { posix } from 'node:path'
import { cyclesOf, importsOf, type Import, type ModuleMap } from './import-graph.ts'

/** A rule that a file breaks. `rule` is stable, `detail` is for reading. */
export interface Violation {
  readonly rule: string
  readonly file: string
  readonly detail: string
}

interface Row {
  /** Rooms whose modules may be loaded. */
  readonly values: readonly string[]
  /** Rooms of which only types may be named, beside those above. */
  readonly types?: readonly string[]
}

const ENGINE = ['derive', 'queries', 'formats', 'model', 'base']

/** Who may import whom. A room may always import itself. */
export const ROOMS: Readonly<Record<string, Row>> = {
  base: { values: [] },
  model: { values: ['base'] },
  formats: { values: ['model', 'base'] },
  snapshot: { values: ['formats', 'model', 'base'] },
  derive: { values: ['model', 'base'] },
  queries: { values: ['derive', 'model', 'base'] },
  session: { values: ['base'] },
  report: { values: ['derive', 'queries', 'model', 'session', 'base'] },
  bridge: { values: [...ENGINE, 'snapshot', 'report'] },
  state: { values: ['bridge', 'session', 'base'], types: ['model', 'queries'] },
  ui: { values: ['state', 'session', 'base'], types: ['model', 'queries'] },
  cli: { values: [...ENGINE, 'report', 'session'] },
}

const COMPOSITION_ROOTS = new Set(['main.tsx', 'app.tsx'])
const PAGE_ROOMS = new Set(['state', 'ui'])
const VAGUE_NAMES = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc'])
const UI_PACKAGES = /^(react|react-dom|recharts|lucide-react|@mantine\/.*|@tanstack\/.*|@fontsource.*)(\/|$)/
const WIDGET_PACKAGES = /^(recharts|@tanstack\/react-table)(\/|$)/
const NODE_PACKAGES = /^node:/

/** Everything in `modules` that the layout forbids; an empty list is a house in order. */
export function findViolations(modules: ModuleMap): readonly Violation[] {
  const imports = Object.entries(modules).flatMap(([path, source]) => importsOf(path, source))
  return [
    ...Object.keys(modules).flatMap(nameViolations),
    ...Object.entries(modules).flatMap(([path, source]) => sourceViolations(path, source)),
    ...imports.flatMap((one) => (one.isRelative ? roomViolations(one) : packageViolations(one))),
    ...cyclesOf(imports).map((cycle) => violation('no cycle', cycle[0], [...cycle, cycle[0]].join(' → '))),
  ]
}

/** Files longer than `limit` lines: a reason to look, not a fault. */
export function longFiles(modules: ModuleMap, limit = 400): readonly string[] {
  return Object.entries(modules)
    .map(([path, source]) => ({ path, lines: source.split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines`)
}

function nameViolations(path: string): readonly Violation[] {
  const stem = posix.basename(path).split('.')[0]
  const found: Violation[] = []
  if (!path.includes('/') && !COMPOSITION_ROOTS.has(path)) {
    found.push(violation('file in a room', path, 'only the composition root lives outside the rooms'))
  }
  if (path.includes('/') && !(roomOf(path) in ROOMS)) found.push(violation('known room', path, roomOf(path)))
  if (stem === 'index') found.push(violation('no barrel', path, 'import the file that has the thing'))
  if (path.split(/[/.]/).some((part) => VAGUE_NAMES.has(part))) {
    found.push(violation('telling name', path, 'name the file after its main export'))
  }
  return found
}

function sourceViolations(path: string, source: string): readonly Violation[] {
  const found: Violation[] = []
  if (viewOf(path) !== undefined && /\buse(Layout|Insertion)?Effect\b/.test(source)) {
    found.push(violation('no effect in a view', path, 'derive in render, or move it to state or a widget'))
  }
  if (roomOf(path) === 'state' && path.endsWith('.tsx')) {
    found.push(violation('no JSX in state', path, 'state is hooks and stores'))
  }
  return found
}

function roomViolations(one: Import): readonly Violation[] {
  const from = roomOf(one.from)
  const to = roomOf(one.to)
  const detail = `${one.kind} import of ${one.to}`
  if (COMPOSITION_ROOTS.has(one.from)) return []
  if (one.to.startsWith('..')) return [violation('import table', one.from, `${detail}, which is outside src`)]
  if (from === to) return withinUi(one, detail)
  const row = from in ROOMS ? ROOMS[from] : undefined
  if (row === undefined) return [] // reported as an unknown room
  const allowed = one.kind === 'type' ? [...row.values, ...(row.types ?? [])] : row.values
  if (!allowed.includes(to)) return [violation('import table', one.from, detail)]
  if (isWidget(one.from) && to !== 'base') return [violation('widgets know no trace', one.from, detail)]
  return []
}

function withinUi(one: Import, detail: string): readonly Violation[] {
  const target = viewOf(one.to)
  if (target === undefined || target === viewOf(one.from)) return []
  if (viewOf(one.from) !== undefined) return [violation('no view in a view', one.from, detail)]
  return isWidget(one.from) ? [violation('widgets know no trace', one.from, detail)] : []
}

function packageViolations(one: Import): readonly Violation[] {
  const room = roomOf(one.from)
  const isPage = PAGE_ROOMS.has(room) || COMPOSITION_ROOTS.has(one.from)
  const found: Violation[] = []
  if (!isPage && UI_PACKAGES.test(one.to)) found.push(violation('no UI in the engine', one.from, one.to))
  if (room !== 'bridge' && /^comlink(\/|$)/.test(one.to)) {
    found.push(violation('comlink only in bridge', one.from, one.to))
  }
  if (!isWidget(one.from) && WIDGET_PACKAGES.test(one.to)) {
    found.push(violation('charts and tables only in widgets', one.from, one.to))
  }
  if (room !== 'cli' && NODE_PACKAGES.test(one.to)) found.push(violation('node only in cli', one.from, one.to))
  return found
}

function roomOf(path: string): string {
  return path.split('/')[0]
}

function viewOf(path: string): string | undefined {
  return /^ui\/views\/([^/]+)/.exec(path)?.[1]
}

function isWidget(path: string): boolean {
  return path.startsWith('ui/widgets/')
}

function violation(rule: string, file: string, detail: string): Violation {
  return { rule, file, detail }
}
