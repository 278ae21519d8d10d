import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findViolations, longFiles, ROOMS } from './support/architecture-rules.ts'

const found = import.meta.glob<string>('../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
const modules = Object.fromEntries(
  Object.entries(found).map(([path, source]) => [path.slice('../src/'.length), source]),
)

describe('the source tree', () => {
  test('is found', () => {
    expect(Object.keys(modules)).toContain('cli/main.ts')
  })

  test('keeps every rule of the layout', () => {
    expect(findViolations(modules)).toEqual([])
  })

  test('is advised where a file has grown long', () => {
    for (const line of longFiles(modules)) console.info(`long file: ${line}`)
    expect(longFiles({ 'base/a.ts': '\n'.repeat(400) })).toEqual(['base/a.ts: 401 lines'])
  })

  test('compiles its engine without a document and without Node', () => {
    const text = readFileSync(new URL('../src/tsconfig.engine.json', import.meta.url), 'utf8')
    const config: unknown = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''))
    const rooms = Object.keys(ROOMS).filter((room) => !['state', 'ui', 'cli'].includes(room))
    expect(config).toMatchObject({
      compilerOptions: { lib: ['ES2023', 'WebWorker', 'WebWorker.AsyncIterable'], types: [] },
      include: expect.arrayContaining(rooms) as unknown,
    })
    expect(existsSync(new URL('../src/cli/tsconfig.json', import.meta.url))).toBe(true)
  })
})

/** One planted fault per rule: the rule it must be reported under, and nothing else. */
const FAULTS: readonly (readonly [what: string, rule: string, modules: Readonly<Record<string, string>>])[] = [
  ['base importing a room', 'import table', { 'base/a.ts': `import { b } from '../model/b.ts'` }],
  ['formats importing queries', 'import table', { 'formats/a.ts': `import { b } from '../queries/b.ts'` }],
  ['queries importing formats', 'import table', { 'queries/a.ts': `import type { B } from '../formats/b.ts'` }],
  ['derive importing queries', 'import table', { 'derive/holds/a.ts': `export * from '../../queries/b.ts'` }],
  ['report importing formats', 'import table', { 'report/a.ts': `import { b } from '../formats/b.ts'` }],
  ['cli importing ui', 'import table', { 'cli/a.ts': `import { b } from '../ui/b.ts'` }],
  ['cli importing bridge', 'import table', { 'cli/a.ts': `import { b } from '../bridge/b.ts'` }],
  ['bridge importing state', 'import table', { 'bridge/a.ts': `import type { B } from '../state/b.ts'` }],
  ['state loading model', 'import table', { 'state/a.ts': `import { b } from '../model/b.ts'` }],
  ['state loading model beside a type', 'import table', { 'state/a.ts': `import { type B, b } from '../model/b.ts'` }],
  ['ui re-exporting a query', 'import table', { 'ui/a.ts': `export { b } from '../queries/b.ts'` }],
  ['ui importing bridge', 'import table', { 'ui/a.tsx': `import { b } from '../bridge/b.ts'` }],
  ['a dynamic import', 'import table', { 'model/a.ts': `await import('../derive/b.ts')` }],
  ['a type import in place', 'import table', { 'model/a.ts': `let b: import('../derive/b.ts').B` }],
  ['a worker', 'import table', { 'state/a.ts': `new Worker(new URL('../formats/b.ts', import.meta.url))` }],
  ['an import from outside src', 'import table', { 'base/a.ts': `import { b } from '../../test/b.ts'` }],
  ['a cycle', 'no cycle', { 'base/a.ts': `import { b } from './b.ts'`, 'base/b.ts': `export * from './a.ts'` }],
  ['a module importing itself', 'no cycle', { 'base/a.ts': `import './a.ts'` }],
  ['comlink in state', 'comlink only in bridge', { 'state/a.ts': `import { wrap } from 'comlink'` }],
  ['comlink types in ui', 'comlink only in bridge', { 'ui/a.tsx': `import type { Remote } from 'comlink'` }],
  [
    'recharts in a view',
    'charts and tables only in widgets',
    { 'ui/views/pfn/a.tsx': `import { Line } from 'recharts'` },
  ],
  [
    'react-table in the shell',
    'charts and tables only in widgets',
    { 'ui/shell/a.tsx': `import type { Table } from '@tanstack/react-table'` },
  ],
  ['an effect in a view', 'no effect in a view', { 'ui/views/pfn/a.tsx': `import { useEffect } from 'react'` }],
  ['an effect through the namespace', 'no effect in a view', { 'ui/views/pfn/a.tsx': `React.useLayoutEffect(f)` }],
  ['a view in a view', 'no view in a view', { 'ui/views/pfn/a.tsx': `import { b } from '../map/b.tsx'` }],
  ['a widget using a view', 'widgets know no trace', { 'ui/widgets/a.tsx': `import { b } from '../views/map/b.tsx'` }],
  ['a widget using state', 'widgets know no trace', { 'ui/widgets/a.tsx': `import { b } from '../../state/b.ts'` }],
  ['JSX in state', 'no JSX in state', { 'state/a.tsx': `export const a = 1` }],
  ['React in derive', 'no UI in the engine', { 'derive/a.ts': `import { memo } from 'react'` }],
  ['React DOM in bridge', 'no UI in the engine', { 'bridge/a.ts': `import { createRoot } from 'react-dom/client'` }],
  ['Mantine in report', 'no UI in the engine', { 'report/a.ts': `import type { Text } from '@mantine/core'` }],
  ['Node in formats', 'node only in cli', { 'formats/a.ts': `import { readFile } from 'node:fs/promises'` }],
  ['a barrel', 'no barrel', { 'model/index.ts': '' }],
  ['a barrel of components', 'no barrel', { 'ui/views/pfn/index.tsx': '' }],
  ['a file called utils', 'telling name', { 'base/utils.ts': '' }],
  ['a folder called common', 'telling name', { 'ui/common/a.tsx': '' }],
  ['a file beside the rooms', 'file in a room', { 'setup.ts': '' }],
  ['a room of its own', 'known room', { 'services/a.ts': '' }],
]

/** Neighbours of the faults that the layout allows. */
const ALLOWED: Readonly<Record<string, string>> = {
  'main.tsx': `import { b } from './model/b.ts'; import { createRoot } from 'react-dom/client'`,
  'state/type-only.ts': `import type { B } from '../model/b.ts'; import { type C } from '../queries/c.ts'`,
  'bridge/connect.ts': `import { wrap } from 'comlink'; new URL('./trace.worker.ts', import.meta.url)`,
  'bridge/trace.worker.ts': `import type { A } from './connect.ts'; import { b } from '../report/b.ts'`,
  'ui/widgets/chart.tsx': `import { Line } from 'recharts'; import { useEffect } from 'react'`,
  'ui/views/pfn/pfn-view.tsx': `import { a } from './part.tsx'; import { b } from '../../widgets/chart.tsx'; import './a.css'`,
  'ui/shell/shell.tsx': `import { a } from '../views/pfn/pfn-view.tsx'`,
  'cli/read.ts': `import { readFile } from 'node:fs/promises'; import { b } from '../formats/b.ts'`,
  'base/types.ts': `import type { B } from './types-too.ts'`,
  'base/types-too.ts': `import type { A } from './types.ts'`,
}

describe('the checker', () => {
  test.each(FAULTS)('reports %s', (_what, rule, planted) => {
    const violations = findViolations(planted)
    expect(violations.map((violation) => violation.rule)).toEqual([rule])
    expect(Object.keys(planted)).toContain(violations[0].file)
  })

  test('allows what the table allows', () => {
    expect(findViolations(ALLOWED)).toEqual([])
  })

  test('names the whole chain of a cycle once', () => {
    const chain = { 'base/c.ts': `import './a.ts'`, 'base/a.ts': `import './b.ts'`, 'base/b.ts': `import './c.ts'` }
    expect(findViolations(chain)).toEqual([
      { rule: 'no cycle', file: 'base/a.ts', detail: 'base/a.ts → base/b.ts → base/c.ts → base/a.ts' },
    ])
  })

  test('refuses a file it cannot parse', () => {
    expect(() => findViolations({ 'base/a.ts': 'import {' })).toThrow('base/a.ts')
  })

  test('knows every room', () => {
    const rooms = new Set(Object.keys(modules).flatMap((path) => (path.includes('/') ? [path.split('/')[0]] : [])))
    expect(Object.keys(ROOMS)).toEqual(expect.arrayContaining([...rooms]))
  })
})
