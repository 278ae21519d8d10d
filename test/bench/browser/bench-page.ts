import { type Page } from 'playwright'
import { type Condition, type Seen } from './probe.ts'
import { rendererPssBytes } from './renderer-memory.ts'

/** What a file must lead to for its load to count. */
export interface Expected {
  readonly events: number
  /** Failed ranges, where they are known. */
  readonly failures?: number
}

/** Milliseconds from the moment that the page got the file. */
export interface LoadTimes {
  /** All columns and indexes; what is left is to judge them. */
  readonly indexedMs: number
  /** The landing view is painted, with everything in it. */
  readonly readyMs: number
  /** A row in the table of failed ranges is painted; absent where the file tells of none. */
  readonly firstRangeMs?: number
  /** Longest task of the main thread, 0 when none took 50 ms. */
  readonly longestTaskMs: number
}

const READING = 'output[aria-label="Reading"]'
const STATUS = 'footer[aria-label="Status"]'
export const RANGE_ROW = 'table[aria-label="Failed ranges"] [data-row]'
/** A failed range: found while the rest is read, or in the answer. */
const FIRST_RANGE = `[aria-labelledby="found-so-far"] th[scope="row"], ${RANGE_ROW}`
const WITHIN_MS = 600_000

/** The built page in a browser, and what a person does with it. */
export class BenchPage {
  readonly page: Page
  readonly #address: string

  constructor(page: Page, address: string) {
    this.page = page
    this.#address = address
  }

  /** The empty page, with nothing kept from before unless `keepsFiles`. */
  async open(keepsFiles = false): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(this.#address)
    if (!keepsFiles) {
      await this.#forget()
      await this.page.goto('about:blank')
      await this.page.goto(this.#address)
    }
    await this.page.getByRole('button', { name: 'Choose files' }).waitFor()
  }

  /** Loads a file into the empty page. Throws when it does not lead to what is expected. */
  async load(path: string, expected: Expected): Promise<LoadTimes> {
    const hasRanges = (expected.failures ?? 0) > 0
    await this.watch('indexed', [{ selector: READING, text: 'events read, finding' }])
    await this.watch('ready', readyWith(expected))
    if (hasRanges) await this.watch('range', [{ selector: FIRST_RANGE }])
    await this.giveFile(path)
    const ready = await this.seen('ready')
    const files = await this.at('files')
    // A load that never shows that it is judging is indexed when it is ready, at the latest.
    const indexed = await this.seen('indexed', 0).catch(() => ready)
    const range = hasRanges ? await this.seen('range', 5000) : undefined
    return {
      indexedMs: indexed.domMs - files,
      readyMs: ready.paintedMs - files,
      ...(range === undefined ? {} : { firstRangeMs: range.paintedMs - files }),
      longestTaskMs: await this.longestTaskMs(files),
    }
  }

  async giveFile(path: string): Promise<void> {
    await this.page.locator('input[type=file][aria-label=Files]').setInputFiles(path)
  }

  /** Begins to wait for conditions: before that what makes them hold. */
  async watch(name: string, conditions: readonly Condition[]): Promise<void> {
    await this.page.evaluate(([what, all]) => window.pinscopeProbe.watch(what, all), [name, conditions] as const)
  }

  async seen(name: string, withinMs = WITHIN_MS): Promise<Seen> {
    return this.page.evaluate(([what, ms]) => window.pinscopeProbe.seen(what, ms), [name, withinMs] as const)
  }

  /** When the page last got a key, a click, typed text or files. */
  async at(what: 'files' | 'key' | 'click' | 'input'): Promise<number> {
    return this.page.evaluate((name) => window.pinscopeProbe.at[name], what)
  }

  async longestTaskMs(sinceMs: number): Promise<number> {
    return this.page.evaluate(
      (since) =>
        window.pinscopeProbe.longTasks
          .filter(({ start }) => start >= since)
          .reduce((most, { duration }) => Math.max(most, duration), 0),
      sinceMs,
    )
  }

  /** Changes parameters of the link, as a link in the page would. */
  async look(view: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    await this.page.evaluate(
      ([screen, changes]) => {
        const link = new URLSearchParams(location.hash.split('?')[1] ?? '')
        for (const [name, value] of Object.entries(changes)) link.set(name, value)
        location.hash = `#/${screen}?${link.toString()}`
      },
      [view, parameters] as const,
    )
  }

  /** Largest memory of the tab's processes while something is done, bytes; looked at all along. */
  async peakMemory(act: () => Promise<unknown>): Promise<number> {
    let peak = rendererPssBytes()
    const looking = setInterval(() => (peak = Math.max(peak, rendererPssBytes())), 250)
    await act().finally(() => clearInterval(looking))
    return Math.max(peak, rendererPssBytes())
  }

  /** Waits until the page has kept what it keeps of a file of so many bytes: it was hashed, and nothing grows any more. */
  async untilKept(bytes: number): Promise<void> {
    const usage = () => this.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
    let before = await usage()
    const begunAt = performance.now()
    const mostMs = HASH_BEGINS_MS + bytes / SLOWEST_HASH
    while (before === 0 && performance.now() - begunAt < mostMs) {
      await this.page.waitForTimeout(250)
      before = await usage()
    }
    for (let still = 0; still < 4;) {
      await this.page.waitForTimeout(500)
      const now = await usage()
      still = now === before ? still + 1 : 0
      before = now
    }
  }

  async #forget(): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page)
    const { origin } = new URL(this.#address)
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
    await devtools.detach()
  }
}

/** A small file is kept, or not, by then. */
const HASH_BEGINS_MS = 2000
/** Bytes a ms. */
const SLOWEST_HASH = 50_000

/** The landing view of a capture: nothing is being read, the status line counts what there is, the ranges are listed. */
export function readyWith({ events, failures }: Expected): readonly Condition[] {
  return [
    { selector: READING, isAbsent: true },
    { selector: STATUS, text: `(^|\\D)${events} events?` },
    ...(failures === undefined || failures === 0 ? [] : [{ selector: '#failed-ranges', text: ` ${failures}$` }]),
  ]
}
