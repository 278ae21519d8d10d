import { type CDPSession, type Locator, type Page } from 'playwright'
import { giveFiles } from './give-files.ts'
import { type SaidHistory } from './said-history.ts'

/** Someone who uses the page, by chances that are the same for the same seed. */
export interface Person {
  readonly page: Page
  readonly session: CDPSession
  readonly random: () => number
  readonly history: SaidHistory
  readonly address: string
  /** For files that are made on the way. */
  readonly folder: string
  /** Links to what was looked at, of the capture that is open now. */
  links: string[]
  /** The session as it was exported last. */
  exported: string
  /** Seconds that are multiplied where a person reads or thinks; 1 is a person. */
  readonly pace: number
}

export function pick<T>({ random }: Pick<Person, 'random'>, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]
}

/** What is needed to open files. */
export type Hands = Pick<Person, 'page' | 'session'>

/** A whole number from 1 on. */
export function upTo({ random }: Pick<Person, 'random'>, most: number): number {
  return 1 + Math.floor(random() * most)
}

/** Presses keys as the product names them: `g g`, `mod+Z`, `}`. */
export async function pressAs(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(playwrightKey(key))
}

function playwrightKey(key: string): string {
  const named = key.replace(/^mod\+/, 'Control+').replace(/^alt\+/, 'Alt+')
  return /(?:^|\+)[A-Z]$/.test(named) ? named.replace(/([A-Z])$/, 'Shift+$1') : named
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Closes what is open over the page and leaves its fields: keys mean the screen again. */
export async function calm({ page }: Pick<Person, 'page'>): Promise<void> {
  for (let tries = 0; tries < 6; tries++) {
    const isBusy = await page.evaluate(() => {
      const at = document.activeElement
      const isField = at !== null && at.matches('input:not([type=checkbox], [type=radio]), textarea, select')
      return isField || document.querySelector('dialog[open], [role=dialog], [role=menu], [role=listbox]') !== null
    })
    if (!isBusy) return
    await page.keyboard.press('Escape')
    await page.waitForTimeout(150)
    if (tries > 2)
      await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  }
}

/** Goes back, or forward again; not back to where the tab came from before the page. */
export async function goBack(page: Page): Promise<void> {
  const isFirst = await page.evaluate(() => !(Number(Object(history.state)['__TSR_index']) > 0))
  if (!isFirst) await page.keyboard.press('Alt+ArrowLeft')
}

/** Leaves the screen that says that a link is about another capture than what is open. True when that was shown. */
export async function leaveRefusal(page: Page): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    if (await isCaptureShown(page)) return tries > 0
    await page.waitForTimeout(500)
    if (await isCaptureShown(page)) return tries > 0
    await page.keyboard.press('Alt+ArrowRight')
    await page.waitForTimeout(500)
  }
  await page.evaluate(() => {
    location.hash = '#/triage'
  })
  await page.waitForTimeout(500)
  return true
}

async function isCaptureShown(page: Page): Promise<boolean> {
  return page.getByRole('navigation').first().isVisible()
}

/** The screen that is shown, by its link. */
export function screenOf(page: Page): string {
  return new URL(page.url()).hash.replace(/^#\//, '').split('?')[0]
}

/** What was said by the key that was pressed last. */
export function said(page: Page): Locator {
  return page.getByRole('contentinfo', { name: 'Status' }).locator('output').first()
}

/** The files of a capture are read and the first screen shows them. */
export async function untilRead(page: Page): Promise<void> {
  await filesOf(page).waitFor()
  await page.locator('output[aria-label="Reading"]').waitFor({ state: 'hidden' })
}

/** Opens files in the place of what is open, or in the empty page. */
export async function openInstead({ page, session }: Hands, paths: readonly string[]): Promise<void> {
  await page.locator('input[type=file][aria-label=Files]').waitFor({ state: 'attached' })
  const isOpen = await filesOf(page).isVisible()
  await giveFiles(session, 'Files', paths)
  if (isOpen) {
    const instead = page.getByRole('button', { name: 'Open instead' })
    await instead.press('Enter')
    await instead.waitFor({ state: 'hidden' })
  }
  await untilRead(page)
}

/** What the status line says of the files that are open. */
function filesOf(page: Page): Locator {
  return page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /\d+ files?/ })
}

/** The page draws a frame and runs what waits: ms that it took. Throws when it does not within a minute. */
export async function untilItAnswers(page: Page): Promise<number> {
  const begun = performance.now()
  const answered = page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))))
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('the page hangs')), HANGS_MS).unref())
  await Promise.race([answered, late])
  return performance.now() - begun
}

const HANGS_MS = 60_000
