import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { type FileAnswer } from '../../src/queries/overview.ts'
import { type CaptureStore } from '../../src/state/capture-store.ts'
import { createAppRouter } from '../../src/state/router.ts'
import { CaptureStoreContext } from '../../src/state/use-trace.ts'
import { type SetView, useLinkTo, useResetView, useView } from '../../src/state/use-view.ts'
import { type ViewState } from '../../src/state/view-state.ts'
import { fileAnswer, hashOf, overviewOf } from '../support/fake-trace-api.ts'

interface Probe {
  view: ViewState
  setView: SetView
  resetView: SetView
  linkTo: (view: ViewState) => string
}

afterEach(cleanup)

/** A store that files are open in: what links are read by. */
function storeOf(files: readonly FileAnswer[]): CaptureStore {
  const capture = {
    generation: 1,
    reading: 1,
    overview: overviewOf(files),
    index: { from: 'files' },
    hasDiffered: false,
  }
  const state = { status: 'ready', capture }
  return { state: () => state, subscribe: () => () => {} } as unknown as CaptureStore // no more is asked for here
}

async function openAt(
  href: string,
  files?: readonly FileAnswer[],
): Promise<{ probe: Probe; history: ReturnType<typeof createMemoryHistory> }> {
  const history = createMemoryHistory({ initialEntries: [href] })
  const seen: Probe[] = []
  function Page() {
    const [view, setView] = useView()
    seen.push({ view, setView, resetView: useResetView(), linkTo: useLinkTo() })
    return <p>page of {view.view}</p>
  }
  const router = <RouterProvider router={createAppRouter(Page, history)} />
  render(files === undefined ? router : <CaptureStoreContext value={storeOf(files)}>{router}</CaptureStoreContext>)
  await screen.findByText(/^page of/)
  const probe = {
    get view() {
      return seen[seen.length - 1].view
    },
    setView: seen[0].setView,
    resetView: seen[0].resetView,
    linkTo: seen[0].linkTo,
  }
  return { probe, history }
}

test.each(['/', '/nonsense', '/triage/deeper'])('%s shows the failed ranges', async (href) => {
  const { probe } = await openAt(href)
  expect(probe.view.view).toBe('triage')
})

test('a line of the asked file stays one of that file where another open one has more records', async () => {
  const files = [fileAnswer('a.txt'), fileAnswer('b.txt', { records: 9 })]
  const asked = `f=a.txt~${hashOf('a.txt').slice(0, 16)}~10`
  const { probe, history } = await openAt(`/pfn?v=2&${asked}&event=%3A5&end`, files)
  expect(probe.view.event).toBe('a.txt:5')
  await act(async () => probe.setView({ event: 'b.txt:7' }))
  expect(probe.view.event).toBe('b.txt:7')
  expect(history.location.href).toContain('event=b.txt:7')
})

test('a line of the asked file is found in it whatever it is called here', async () => {
  const here = { ...fileAnswer('lab.txt'), hash: { kind: 'known', sha256: hashOf('a.txt') } } as const
  const asked = `f=a.txt~${hashOf('a.txt').slice(0, 16)}~10`
  const { probe } = await openAt(`/pfn?v=2&${asked}&event=%3A5&end`, [fileAnswer('b.txt', { records: 9 }), here])
  expect(probe.view.event).toBe('lab.txt:5')
})

test('two changes in one turn are both kept', async () => {
  const { probe, history } = await openAt('/triage?v=1&filter=tee')
  await act(async () => {
    probe.setView({ view: 'pfn' })
    probe.setView({ pfn: 0x1f4b4 })
  })
  expect(history.location.href).toBe('/pfn?v=2&pfn=0x1f4b4&filter=tee&end')
  expect(probe.view).toMatchObject({ view: 'pfn', pfn: 0x1f4b4, filter: 'tee' })
})

test('a replaced change leaves no step to go back to', async () => {
  const { probe, history } = await openAt('/triage')
  await act(async () => probe.setView({ view: 'pinners' }))
  await act(async () => probe.setView({ filter: 'a' }, { replace: true }))
  await act(async () => history.back())
  expect(probe.view).toMatchObject({ view: 'triage', filter: '' })
})

test('a reset forgets everything that is not said', async () => {
  const { probe, history } = await openAt('/pfn?v=1&pfn=0x1&filter=tee')
  await act(async () => probe.resetView({ view: 'files' }))
  expect(history.location.href).toBe('/files?v=2&end')
})

test('text with every special character survives the router', async () => {
  const { probe, history } = await openAt('/triage')
  const filter = 'a&b=c#d%20+e ?f/ü😀"<>[]{}'
  await act(async () => probe.setView({ filter }))
  expect(probe.view.filter).toBe(filter)
  expect(history.location.href).not.toContain('#')
})
