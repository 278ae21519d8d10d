import { act, cleanup, render } from '@testing-library/react'
import { type ReactNode, StrictMode, Suspense, use } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { SeriesChart } from '../../../src/ui/widgets/series-chart.tsx'
import { StepLines } from '../../../src/ui/widgets/step-lines.tsx'
import { type StepPoint } from '../../../src/ui/widgets/step-point.ts'

afterEach(cleanup)

const PLAIN = { text: '', isExact: true, kind: '', operation: '', gap: 0, gapKind: 'none', pins: 0 } as const
const POINTS: readonly StepPoint[] = [1, 3, 6].map((ns) => ({ ...PLAIN, ns, count: ns, mapcount: 1, units: [ns] }))
const SPAN = { from: 0, to: 9 }

function Steps(): ReactNode {
  const told = { window: SPAN, told: SPAN, points: POINTS, layers: [], endNs: 9, counts: { low: 0, high: 6 } }
  return <StepLines {...told} width={400} height={90} />
}

function Trend(): ReactNode {
  const moments = [1, 2, 3].map((at) => ({ at, label: `at ${at}`, short: `${at}` }))
  const series = ['a', 'b'].map((id) => ({ id, label: id, values: [1, 2, 3] }))
  return <SeriesChart label="pages" unit="pages" width={400} height={200} moments={moments} series={series} />
}

const SHOWN: readonly (readonly [name: string, Chart: () => ReactNode, lines: number])[] = [
  ['steps', Steps, 2],
  ['trend', Trend, 2],
]

function lineIds(): readonly string[] {
  return [...document.querySelectorAll('path.recharts-line-curve')].map(({ id }) => id)
}

/** Keys that were put into any Map meanwhile and are there still, as what recharts' selectors are to remember is. */
function keysKept(deed: () => void): ReadonlySet<string> {
  const set = vi.spyOn(Map.prototype, 'set')
  try {
    deed()
    const { calls, contexts } = set.mock
    const kept = calls.map(([key]) => key).filter((key, at) => contexts[at] instanceof Map && contexts[at].has(key))
    return new Set(kept.filter((key) => typeof key === 'string'))
  } finally {
    set.mockRestore()
  }
}

function showAndLeave(Chart: () => ReactNode): void {
  render(<Chart />)
  cleanup()
}

test.each(SHOWN)('%s that are shown again and again leave recharts nothing new to remember', (_, Chart) => {
  const first = keysKept(() => showAndLeave(Chart))
  const later = keysKept(() => {
    for (let times = 0; times < 3; times++) showAndLeave(Chart)
  })
  // What it remembers can be seen at all.
  expect(first.size).toBeGreaterThan(0)
  expect([...later].filter((key) => !first.has(key))).toEqual([])
})

test.each(SHOWN)(
  'lines of %s that are shown at once do not share a name, by which each finds its own clipping',
  (_, Chart, lines) => {
    render(
      <>
        <Chart />
        <Chart />
        <Chart />
      </>,
    )
    expect(lineIds()).toHaveLength(3 * lines)
    expect(new Set(lineIds()).size).toBe(3 * lines)
  },
)

/** Shows nothing until what it waits for is there. */
function Waiting({ on }: { readonly on?: Promise<void> }): ReactNode {
  if (on !== undefined) use(on)
  return null
}

const WITHOUT: (tree: ReactNode) => ReactNode = (tree) => tree
const STRICTLY: typeof WITHOUT = (tree) => <StrictMode>{tree}</StrictMode>

/** Of all lines on the page, also of those that are hidden. */
function names(): readonly string[] {
  return [...new Set(lineIds().flatMap((id) => /^drawing-\d+/.exec(id) ?? []))].toSorted()
}

test.each([
  ['as it is', WITHOUT],
  ['in its strict mode', STRICTLY],
])('lines that Suspense hides keep what no other line has until they are gone, in React %s', async (_, wrap) => {
  const inside = [<Steps key="a" />, <Trend key="b" />]
  const outside = [<Steps key="c" />, <Trend key="d" />]
  const tree = (beside: ReactNode, on?: Promise<void>): ReactNode =>
    wrap(
      <>
        <Suspense fallback="waits">
          {inside}
          <Waiting on={on} />
        </Suspense>
        {beside}
      </>,
    )
  const used: (readonly string[])[] = []
  for (let times = 0; times < 2; times++) {
    const { rerender, container, unmount } = render(tree(null))
    let end = (): void => undefined
    const on = new Promise<void>((resolve) => (end = resolve))
    await act(async () => rerender(tree(null, on)))
    expect(container.textContent).toContain('waits')
    await act(async () => rerender(tree(outside, on)))
    expect(lineIds()).toHaveLength(8)
    expect(new Set(lineIds()).size).toBe(8)
    used.push(names())
    await act(async () => end())
    expect(container.textContent).not.toContain('waits')
    expect(lineIds()).toHaveLength(8)
    expect(new Set(lineIds()).size).toBe(8)
    used.push(names())
    // Gone while they are hidden.
    await act(async () => rerender(tree(outside, new Promise(() => undefined))))
    expect(container.textContent).toContain('waits')
    unmount()
  }
  // All were given back: four charts a time need four names in all.
  expect(used[0]).toHaveLength(4)
  expect(used).toEqual(used.map(() => used[0]))
})

test('a chart that comes beside others takes a name that none of them has', () => {
  const { rerender } = render([<Steps key="a" />, <Steps key="b" />])
  rerender([<Steps key="b" />])
  rerender([<Steps key="c" />, <Steps key="b" />, <Trend key="d" />])
  expect(lineIds()).toHaveLength(6)
  expect(new Set(lineIds()).size).toBe(6)
})
