import { seededRandom } from '../../src/cli/eval/seeded-random.ts'
import { judgeLeft, leftAfterClosing } from './after-closing.ts'
import { BUNDLED_CAPTURES } from './captures.ts'
import { type LongrunBrowser } from './longrun-browser.ts'
import { heapObjects } from './heap-objects.ts'
import { measure, squeezedBytes } from './measure.ts'
import { calm, leaveRefusal, openInstead, type Person, untilItAnswers } from './person.ts'
import { SaidHistory } from './said-history.ts'
import { chooseStep, stepBack, type Step, toRest } from './steps.ts'
import { judge, type Limits, type Series, tableHead, tableLine } from './verdict.ts'
import { watchSession } from './watch-session.ts'

/** What a walk is to be. */
export interface WalkOptions {
  readonly hours: number
  readonly seed: number
  /** 1 is a person: a step each one to two seconds. */
  readonly pace: number
  /** Minutes between measurements. */
  readonly everyMinutes: number
}

/** Flat, a step: a thousand of them an hour may not even seem to cost more than these. */
const LIMITS: Limits = {
  // With compiled code, which the engine makes more of for a long time.
  pageHeap: { slope: 5000, rise: 8e6 },
  // With the deeds that can be undone, 200 at most, and what was said.
  objects: { slope: 500, rise: 1e6 },
  workerHeap: { slope: 1000, rise: 2e6 },
  buffers: { slope: 300, rise: 300_000 },
  dom: { slope: 1500, rise: 2e6 },
  workers: { slope: 0.0001, rise: 0 },
  documents: { slope: 0.001, rise: 0 },
  nodes: { slope: 0.5, rise: 200 },
  listeners: { slope: 0.5, rise: 100 },
  detached: { slope: 0.01, rise: 10 },
  // While a page is used, pages of the browser's collectors stay that are half empty. What is left of them once it is closed is
  // judged apart, and closely: see after-closing.ts.
  processes: { slope: 40_000, rise: 60e6 },
  squeezed: { slope: 40_000, rise: 60e6 },
}

/** Answers of the page that no screen shows are kept so long. ms. */
const FORGOTTEN_MS = 62_000

/** Counts of a walk. */
interface Walked {
  steps: number
  /** Name of the last step. */
  last: string
  readonly failed: string[]
  readonly complaints: string[]
  slowestMs: number
  /** Links of another capture that were left again. */
  refusals: number
  undone: number
  undoChecks: number
  readonly counts: Map<string, number>
}

/** Uses the page for hours as a person does. True when nothing was leaked, lost or complained of. */
export async function walk(
  browser: LongrunBrowser,
  options: WalkOptions,
  say: (line: string) => void,
): Promise<boolean> {
  const history = new SaidHistory()
  await watchSession(browser.page, history)
  await browser.page.goto(browser.address)
  await browser.page.reload()
  const person: Person = {
    ...browser,
    random: seededRandom(options.seed),
    history,
    links: [],
    exported: '',
    pace: options.pace,
  }
  browser.page.on('download', (download) => void download.path().catch(() => undefined))
  const walked: Walked = {
    steps: 0,
    last: 'opening',
    failed: [],
    complaints: [],
    slowestMs: 0,
    refusals: 0,
    undone: 0,
    undoChecks: 0,
    counts: new Map(),
  }
  const series: [number, Awaited<ReturnType<typeof measure>>][] = []
  const leftAtFirst = await leftAfterClosing(browser)
  await openInstead(browser, BUNDLED_CAPTURES[0].paths)
  say(`seed ${options.seed}, ${options.hours} hours, from ${new Date().toISOString()}`)
  say(tableHead('step'))
  const begun = Date.now()
  const endsAt = begun + options.hours * 3_600_000
  const summary = (): void => say(summaryOf(walked, history, series, Date.now() - begun))
  const stopped = stopAsked()
  let measureAt = begun + 60_000 * Math.min(1, options.everyMinutes)
  while (Date.now() < endsAt && !stopped.isAsked) {
    await oneStep(person, walked, say)
    for (const line of browser.complaints())
      tell(walked.complaints, `step ${walked.steps}, ${walked.last}: ${line.slice(0, 600)}`, say)
    for (const line of history.broken.splice(0)) tell(walked.failed, `step ${walked.steps}: ${line}`, say)
    if (Date.now() < measureAt) continue
    measureAt = Date.now() + options.everyMinutes * 60_000
    await checkUndo(person, walked).catch((error: unknown) => tell(walked.failed, `undo: ${String(error)}`, say))
    await rested(person, walked, series, say, summary)
  }
  await checkUndo(person, walked).catch((error: unknown) => tell(walked.failed, `undo: ${String(error)}`, say))
  await checkReload(person, walked).catch((error: unknown) => tell(walked.failed, `reload: ${String(error)}`, say))
  for (const line of [...browser.complaints(), ...history.broken]) tell(walked.failed, `at the end: ${line}`, say)
  summary()
  const left = judgeLeft(leftAtFirst, await leftAfterClosing(browser))
  for (const line of left.lines) say(`-- ${line}`)
  const judged = judge(series, LIMITS, 'step')
  const isFlat = left.isFlat && judged.every((one) => one.isFlat)
  return walked.failed.length + walked.complaints.length === 0 && isFlat
}

async function oneStep(person: Person, walked: Walked, say: (line: string) => void): Promise<void> {
  const begun = Date.now()
  const step = chooseStep(person.random)
  walked.steps++
  walked.last = step.name
  walked.counts.set(step.name, (walked.counts.get(step.name) ?? 0) + 1)
  try {
    await calm(person)
    if (await leaveRefusal(person.page)) walked.refusals++
    await within(step, person)
    walked.slowestMs = Math.max(walked.slowestMs, await untilItAnswers(person.page))
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n').slice(0, 6).join(' | ') : String(error)
    tell(walked.failed, `step ${walked.steps}, ${step.name}, at ${person.page.url()}: ${words}`, say)
    await person.page.screenshot({ path: `longrun-${walked.steps}.png` }).catch(() => undefined)
    await person.page.evaluate(() => (location.hash = '#/triage')).catch(() => undefined)
  }
  const pause = 1000 + 1000 * person.random() - (Date.now() - begun)
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, pause * person.pace)))
}

async function within(step: Step, person: Person): Promise<void> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('the step does not end')), STEP_MS).unref(),
  )
  await Promise.race([step.run(person), late])
}

const STEP_MS = 120_000

/** Takes back all that is left, and does it again: each step on the way must lead to what was there. */
async function checkUndo(person: Person, walked: Walked): Promise<void> {
  const { history } = person
  await calm(person)
  const before = history.now
  const deeds = history.past
  const ahead = history.future
  await stepBack(person, 'undo', deeds + 1)
  await stepBack(person, 'redo', deeds)
  walked.undone += deeds
  walked.undoChecks++
  if (history.now !== before)
    history.broken.push(`undone and redone ${deeds} deeds, it says\n  ${history.now}\nand not\n  ${before}`)
  if (history.future !== ahead) history.broken.push(`${history.future} deeds are left to redo, not ${ahead}`)
}

async function checkReload({ page, history }: Person, walked: Walked): Promise<void> {
  const before = history.now
  await page.reload()
  history.isKept(await page.evaluate(() => localStorage.getItem('pinscope.session')))
  if (history.now !== before) walked.failed.push('the reload changed what was said')
}

async function rested(
  person: Person,
  walked: Walked,
  series: [number, Awaited<ReturnType<typeof measure>>][],
  say: (line: string) => void,
  summary: () => void,
): Promise<void> {
  try {
    await calm(person)
    await toRest(person)
    await new Promise((resolve) => setTimeout(resolve, FORGOTTEN_MS))
    const held = await measure(person.page, person.session)
    const squeezed = await squeezedBytes(person.session)
    // Last, because it takes hundreds of MB for a while.
    const { objects, mediaQueries } = await heapObjects(person.session)
    const measured = { ...held, squeezed, objects, dom: held.blink - mediaQueries }
    series.push([walked.steps, measured])
    say(tableLine(walked.steps, measured))
  } catch (error) {
    tell(walked.failed, `measuring after step ${walked.steps}: ${String(error)}`, say)
  }
  summary()
}

function tell(into: string[], line: string, say: (line: string) => void): void {
  into.push(line)
  say(`!! ${line}`)
}

function summaryOf(walked: Walked, history: SaidHistory, series: Series, ms: number): string {
  const counts = [...walked.counts].toSorted((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`)
  return [
    `-- ${(ms / 60_000).toFixed(1)} minutes, ${walked.steps} steps, ${walked.failed.length} failed, ${walked.complaints.length} complaints of the browser`,
    `-- slowest answer after a step: ${walked.slowestMs.toFixed(0)} ms; ${walked.refusals} links of another capture left`,
    `-- undo: ${walked.undoChecks} times all taken back and done again, ${walked.undone} deeds; ${history.past} to undo now`,
    `-- ${counts.join(', ')}`,
    ...(series.length < 4 ? [] : judge(series, LIMITS, 'step').map(({ words }) => `-- ${words}`)),
  ].join('\n')
}

function stopAsked(): { isAsked: boolean } {
  const stopped = { isAsked: false }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => (stopped.isAsked = true))
  return stopped
}
