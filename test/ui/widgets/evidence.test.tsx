import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Confidence } from '../../../src/ui/widgets/confidence.tsx'
import { EvidenceList } from '../../../src/ui/widgets/evidence-list.tsx'
import { type Place } from '../../../src/ui/widgets/place-link.tsx'
import { RangeStrip } from '../../../src/ui/widgets/range-strip.tsx'
import { RawLines } from '../../../src/ui/widgets/raw-lines.tsx'
import { stackText } from '../../../src/ui/widgets/stack-copy.ts'
import { StackView } from '../../../src/ui/widgets/stack-view.tsx'

afterEach(cleanup)

const frames = [
  { text: 'trace_event_raw_event_page_ref_mod+0x9a/0xd0', isInstrumentation: true, isHolder: false },
  { text: '__page_ref_mod+0x4/0x10', isInstrumentation: true, isHolder: false },
  { text: 'try_get_folio+0xe0/0x1f0', isInstrumentation: false, isHolder: false },
  { text: 'leaky_ioctl+0x1a/0x60 [leaky]', isInstrumentation: false, isHolder: true },
]

describe('a stack', () => {
  test('is leaf first, says so, marks the holder and folds the tracepoint away', async () => {
    render(<StackView frames={frames} />)
    expect(screen.getByRole('heading', { name: 'leaf first, callers below' })).toBeTruthy()
    const shown = () => screen.getAllByRole('listitem').map((item) => item.textContent?.trim())
    expect(shown()).toEqual(['try_get_folio+0xe0/0x1f0', '▸leaky_ioctl+0x1a/0x60 [leaky] holder'])
    await userEvent.click(screen.getByRole('button', { name: /2 frames of the tracepoint itself/ }))
    expect(shown()).toHaveLength(4)
    expect(shown()[0]).toContain('trace_event_raw_event_page_ref_mod')
  })

  test('is copied whole and as ftrace prints it', async () => {
    const user = userEvent.setup()
    render(<StackView frames={frames} />)
    await user.click(screen.getByRole('button', { name: 'Copy: stack' }))
    await user.click(screen.getByRole('menuitem', { name: 'Text' }))
    expect(await navigator.clipboard.readText()).toBe(stackText(frames))
    expect(stackText(frames)).toMatch(/^ => trace_event_raw_event_page_ref_mod\+0x9a\/0xd0\n/)
    expect(stackText(frames).split('\n')).toHaveLength(5)
  })

  test('that was not recorded is said not to be', () => {
    render(<StackView frames={[]} absent="No stack was recorded with this event." />)
    expect(screen.getByText('No stack was recorded with this event.')).toBeTruthy()
  })
})

describe('numbers of evidence', () => {
  const fact = (text: string, line: number) => ({ text, places: [{ file: 0, fileName: 'trace.txt', line }], raw: [''] })
  const facts = [fact('got by do_tee', 7), fact('put by do_tee', 9)]

  test('point at what they cite by pointer and by focus, and open it when pressed', async () => {
    const onCite = vi.fn<(number: number | undefined) => void>()
    const onOpen = vi.fn<(fact: { readonly text: string }) => void>()
    render(<EvidenceList label="why" facts={facts} firstNumber={4} onCite={onCite} onOpen={onOpen} />)
    await userEvent.hover(screen.getByText('put by do_tee'))
    expect(onCite).toHaveBeenLastCalledWith(5)
    await userEvent.unhover(screen.getByText('put by do_tee'))
    expect(onCite).toHaveBeenLastCalledWith(undefined)
    await userEvent.tab()
    expect(onCite).toHaveBeenLastCalledWith(4)
    await userEvent.keyboard('{Enter}')
    expect(onOpen.mock.lastCall?.[0].text).toBe('got by do_tee')
  })

  test('are no buttons where there is nothing to point at', () => {
    render(<EvidenceList label="why" facts={facts} />)
    expect(screen.queryByRole('button', { name: /show what it cites/ })).toBeNull()
  })
})

describe('evidence', () => {
  const places = [{ file: 0, fileName: 'trace.txt', line: 8127 }]
  const facts = [{ text: 'got by do_tee', places, raw: ['  ts-mux-64 ...'], time: { ns: 7, text: '1.575185' } }]

  test('leads from each fact to its line and to its moment', async () => {
    const onPlace = vi.fn<(place: Place) => void>()
    const onTime = vi.fn<(ns: number) => void>()
    render(<EvidenceList label="why" facts={facts} onPlace={onPlace} onTime={onTime} />)
    await userEvent.click(screen.getByRole('button', { name: 'trace.txt:8127' }))
    await userEvent.click(screen.getByRole('button', { name: '1.575185' }))
    expect(onPlace).toHaveBeenCalledWith(places[0])
    expect(onTime).toHaveBeenCalledWith(7)
    expect(screen.getByText('ts-mux-64 ...')).toBeTruthy()
  })

  test('says how sure in a word and a number, and when several fit', () => {
    const { container } = render(<Confidence word="likely" value={0.666} ofSet="together, one of these 3" />)
    expect(container.textContent).toBe('likely 0.67 together, one of these 3')
  })
})

test('raw lines keep their blanks and numbers, and only cited ones are marked', () => {
  render(<RawLines fileName="trace.txt" firstLine={9} lines={['a', '  b', 'c']} cited={[10]} />)
  const region = screen.getByRole('region', { name: 'Lines of trace.txt' })
  const marked = [...region.querySelectorAll('mark')].map((mark) => mark.textContent)
  expect(marked).toEqual(['  b'])
  expect(within(region).getByText('11')).toBeTruthy()
})

test('the strip of a range names its ends in hex, and its pages can be gone through with the arrow keys', async () => {
  const user = userEvent.setup()
  const onSelect = vi.fn<(pfn: number) => void>()
  render(<RangeStrip startPfn={0xdc00} endPfn={0x1fc00} pfns={[0x1f4b4, 0x10000]} onSelect={onSelect} />)
  expect(screen.getByText('0xdc00')).toBeTruthy()
  expect(screen.getByText('0x1fc00')).toBeTruthy()
  expect(screen.getByRole('group', { name: '[0xdc00, 0x1fc00): 2 blocking pages' })).toBeTruthy()
  await user.tab()
  expect(document.activeElement?.getAttribute('aria-label')).toBe('0x10000')
  await user.keyboard('{ArrowRight}{Enter}')
  expect(onSelect).toHaveBeenCalledWith(0x1f4b4)
  await user.tab()
  expect(document.activeElement?.tagName).not.toBe('BUTTON')
})
