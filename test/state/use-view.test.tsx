import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { createAppRouter } from '../../src/state/router.ts'
import { type SetView, useLinkTo, useResetView, useView } from '../../src/state/use-view.ts'
import { type ViewState } from '../../src/state/view-state.ts'

interface Probe {
  view: ViewState
  setView: SetView
  resetView: SetView
  linkTo: (view: ViewState) => string
}

afterEach(cleanup)

async function openAt(href: string): Promise<{ probe: Probe; history: ReturnType<typeof createMemoryHistory> }> {
  const history = createMemoryHistory({ initialEntries: [href] })
  const seen: Probe[] = []
  function Page() {
    const [view, setView] = useView()
    seen.push({ view, setView, resetView: useResetView(), linkTo: useLinkTo() })
    return <p>page of {view.view}</p>
  }
  render(<RouterProvider router={createAppRouter(Page, history)} />)
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
