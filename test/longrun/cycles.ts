import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page } from 'playwright'
import { writeTrace } from '../bench/inputs/write-trace.ts'
import { BUNDLED_CAPTURES, type OpenedCapture } from './captures.ts'
import { type LongrunBrowser } from './longrun-browser.ts'
import { measure, type Measured, squeezedBytes } from './measure.ts'
import { heapObjects } from './heap-objects.ts'
import { giveFiles } from './give-files.ts'
import { calm, type Hands, openInstead, press, screenOf, untilItAnswers } from './person.ts'
import { judge, type Limits, tableHead, tableLine } from './verdict.ts'

/** What is to be opened and closed. */
export interface CycleOptions {
  readonly cycles: number
  /** Cycles between lines of the table. */
  readonly everyCycles: number
  /** Bytes of the trace that each tenth cycle opens; none when 0. */
  readonly largeBytes: number
}

/** How the capture of a cycle ends: by another one that is opened in its place, or by closing it. */
export type Ending = 'replaced' | 'closed'

/** One cycle of so many opens the large trace. */
const LARGE_EVERY = 10

/** One cycle of so many compares its capture with a second one. */
const COMPARED_EVERY = 5

const ENDINGS: readonly Ending[] = ['replaced', 'closed']

/** Flat, a cycle. */
const LIMITS: Limits = {
  // With compiled code, which the engine makes more of for a long time.
  pageHeap: { slope: 30_000, rise: 3e6 },
  workerHeap: { slope: 4000, rise: 1e6 },
  buffers: { slope: 2000, rise: 300_000 },
  workers: { slope: 0.001, rise: 0 },
  documents: { slope: 0.001, rise: 0 },
  nodes: { slope: 1, rise: 50 },
  listeners: { slope: 1, rise: 50 },
  detached: { slope: 0.02, rise: 4 },
  // Some hundred more where a chart is shown when it is counted, and fewer where it is not yet.
  entries: { slope: 3, rise: 300 },
  stored: { slope: 20_000, rise: 1e6 },
  processes: { slope: 200_000, rise: 40e6 },
  squeezed: { slope: 200_000, rise: 40e6 },
}

/**
 * What a snapshot tells, which is taken of a page that lives on: of its objects, and what the DOM holds but for what the browser parses
 * again and again, which goes with a page that loads again.
 */
const SNAPSHOT_LIMITS: Readonly<Record<Ending, Limits>> = {
  replaced: { objects: { slope: 2000, rise: 300_000 }, dom: { slope: 5000, rise: 2e6 } },
  closed: { blink: { slope: 5000, rise: 2e6 } },
}

const SCREENS = [
  ['2', 'pfn'],
  ['3', 'pinners'],
  ['4', 'map'],
  ['5', 'owners'],
  ['6', 'events'],
  ['7', 'compare'],
  ['8', 'record'],
  ['9', 'files'],
  ['?', 'help'],
  ['1', 'triage'],
] as const

/** Opens and closes captures, once by opening others in their place and once by closing them. True when all stays flat. */
export async function cycle(
  browser: LongrunBrowser,
  options: CycleOptions,
  say: (line: string) => void,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-longrun-trace-'))
  const captures = [...BUNDLED_CAPTURES]
  const large: OpenedCapture | undefined =
    options.largeBytes === 0 ? undefined : { name: 'large', paths: [join(folder, 'large.txt')] }
  if (large !== undefined) writeTrace(large.paths[0], { bytes: options.largeBytes, seed: 1 })
  try {
    let isAllFlat = true
    let failed = 0
    for (const ending of ENDINGS) {
      const series: [number, Measured][] = []
      say(`${options.cycles} captures, each ${ending}, from ${new Date().toISOString()}`)
      say(tableHead('cycle'))
      for (let at = 1; at <= options.cycles; at++) {
        const capture = large !== undefined && at % LARGE_EVERY === 0 ? large : captures[at % captures.length]
        const other = at % COMPARED_EVERY === 0 ? captures[(at + 1) % captures.length] : undefined
        const measured = await oneCycle(browser, capture, other, ending).catch(async (error: unknown) => {
          failed++
          say(`!! cycle ${at}, at ${browser.page.url()}: ${String(error).split('\n').slice(0, 4).join(' | ')}`)
          await browser.page.screenshot({ path: `longrun-cycle-${at}.png` })
        })
        if (measured === undefined) continue
        const isSaid = at % options.everyCycles === 0 || at === 1
        const whole = isSaid ? { ...measured, ...(await wholeOf(browser, ending, measured)) } : measured
        series.push([at, whole])
        if (isSaid) say(tableLine(at, whole))
      }
      const complaints = browser.complaints()
      for (const line of complaints) say(`!! ${line.slice(0, 600)}`)
      isAllFlat &&= failed === 0
      const judged = judge(series, { ...LIMITS, ...SNAPSHOT_LIMITS[ending] }, 'cycle')
      for (const { words } of judged) say(words)
      isAllFlat &&= complaints.length === 0 && judged.every((one) => one.isFlat)
    }
    return isAllFlat
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What takes seconds to measure. */
async function wholeOf({ session }: Hands, ending: Ending, { blink }: Measured): Promise<Partial<Measured>> {
  // Before the snapshot, which takes hundreds of MB for a while.
  const squeezed = await squeezedBytes(session)
  if (ending === 'closed') return { squeezed }
  const { objects, mediaQueries } = await heapObjects(session)
  return { squeezed, objects, dom: blink - mediaQueries }
}

/** Opens a capture, looks at every screen, with another one to compare it with if that is given, lets go, and measures what is left. */
async function oneCycle(
  hands: Hands,
  capture: OpenedCapture,
  other: OpenedCapture | undefined,
  ending: Ending,
): Promise<Measured> {
  const { page, session } = hands
  await calm(hands)
  await openInstead(hands, capture.paths)
  await everyScreen(hands, other)
  await calm({ page })
  if (ending === 'closed') {
    await closeCapture(page)
    // The list of them comes late, and is some hundred nodes.
    await page.getByText(/^Kept indexes: \d/).waitFor()
    return measure(page, session)
  }
  await openInstead(hands, BUNDLED_CAPTURES[0].paths)
  await untilItAnswers(page)
  return measure(page, session)
}

/** Shows every screen, and the first one in the end. `other` is opened to be compared with, and closed. */
export async function everyScreen({ page, session }: Hands, other?: OpenedCapture, pauseMs = 100): Promise<void> {
  for (const [key, screen] of SCREENS) {
    await press(page, key)
    await page.waitForURL((url) => url.hash.startsWith(`#/${screen}`))
    await untilItAnswers(page)
    if (screen === 'compare' && other !== undefined) {
      const input = page.locator('input[type=file][aria-label="Files to compare with"]')
      await input.waitFor({ state: 'attached' })
      await giveFiles(session, 'Files to compare with', other.paths)
      await page.getByRole('region', { name: 'What differs' }).waitFor()
      await press(page, 'Shift+X')
      await page.getByRole('button', { name: 'Choose files of B' }).waitFor()
    }
    if (pauseMs > 0) await page.waitForTimeout(pauseMs)
  }
  if (screenOf(page) !== 'triage') throw new Error(`the page shows ${screenOf(page)}`)
}

/** By its name, as a person without a mouse does. */
export async function closeCapture(page: Page): Promise<void> {
  await press(page, 'Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('close the capture')
  await page
    .getByRole('option', { name: /Close the capture/ })
    .first()
    .waitFor()
  await Promise.all([page.waitForEvent('load'), press(page, 'Enter')])
  await page.getByRole('button', { name: 'Choose files' }).first().waitFor()
}
