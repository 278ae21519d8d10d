import { scaled } from '../bench-options.ts'
import { busyPage } from '../inputs/bench-inputs.ts'
import { median, percentile } from '../median.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'

const FRAME_MS = 16
const FRAMES = 180
const LEAST_FRAMES = 30

/** The wheel on a page's timeline, one turn a frame, in and out and sideways: what a frame costs. */
export const panZoom: BenchRow<BrowserBench> = {
  name: 'pan-zoom',
  run: async (bench) => {
    const input = busyPage(bench)
    const expected = await expectedOf(input)
    const [pfn] = input.facts?.pfns ?? []
    const frames = Math.min(FRAMES, scaled(bench.options, FRAMES, LEAST_FRAMES))
    const runs = await bench.withPage(
      async (page) => {
        await page.open()
        await page.load(input.path, expected)
        await page.watch('shown', [{ selector: 'figure[aria-busy="false"] [role="application"]' }])
        await page.look('pfn', { pfn: `0x${pfn.toString(16)}`, life: '0' })
        await page.seen('shown', 60_000)
        const times: number[] = []
        for (let run = 0; run < bench.options.runs; run++) times.push(percentile(await turnWheel(page, frames), 0.95))
        return times
      },
      { hasFreeFrames: true },
    )
    return [
      {
        row: 'pan-zoom',
        where: 'chromium',
        what: `${input.about}: wheel over its timeline, 95 of 100 frames within`,
        unit: 'ms',
        value: median(runs),
        runs,
        target: { atMost: FRAME_MS },
        baselines: [],
        checked: `${expected.events} events, the chart was drawn anew in most of ${frames} frames`,
      },
    ]
  },
}

/** Times from frame to frame, each with a turn of the wheel in it. Throws when the chart did not follow. */
async function turnWheel(page: BenchPage, wanted: number): Promise<readonly number[]> {
  const turned = await page.page.evaluate(async (count) => {
    const surface = document.querySelector('[role="application"]')
    if (surface === null) throw new Error('no chart to turn the wheel on')
    const { left, top, width, height } = surface.getBoundingClientRect()
    let drawn = 0
    let isChanged = false
    const watcher = new MutationObserver(() => (isChanged = true))
    watcher.observe(surface, { subtree: true, childList: true, attributes: true })
    // A frame in which nothing changes is held back by the browser: one pixel changes in each.
    const pixel = document.body.appendChild(document.createElement('div'))
    pixel.style.cssText = 'position: fixed; top: 0; left: 0; width: 1px; height: 1px'
    const frames: number[] = []
    let before = await new Promise<number>(requestAnimationFrame)
    for (let frame = 0; frame < count; frame++) {
      const isPan = frame % 4 === 3
      const turn = { deltaX: isPan ? 40 : 0, deltaY: isPan ? 0 : frame % 60 < 30 ? -30 : 30 }
      const place = { clientX: left + width * 0.6, clientY: top + height / 2, bubbles: true, cancelable: true }
      surface.dispatchEvent(new WheelEvent('wheel', { ...turn, ...place }))
      pixel.style.background = frame % 2 === 0 ? 'red' : 'blue'
      const now = await new Promise<number>(requestAnimationFrame)
      frames.push(now - before)
      before = now
      if (isChanged) drawn++
      isChanged = false
    }
    watcher.disconnect()
    pixel.remove()
    return { frames, drawn }
  }, wanted)
  if (turned.drawn < wanted / 2) throw new Error(`the chart was drawn anew in ${turned.drawn} of ${wanted} frames only`)
  return turned.frames
}
