import { type Page } from 'playwright'

/** What speedscope made of a file. */
export interface Imported {
  readonly ms: number
  /** Profiles that it tells apart: one a thread. */
  readonly profiles: number
}

const WITHIN_MS = 600_000

/** Imports a file in speedscope, served at an address: from the file's arrival to the painted flame graph. */
export async function importInSpeedscope(page: Page, address: string, path: string): Promise<Imported> {
  await page.goto(address)
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
  await page.evaluate(() =>
    window.pinscopeProbe.watch('imported', [
      { selector: 'title', text: '. - speedscope$' },
      { selector: 'canvas' },
      { selector: 'body', text: 'Time Order' },
    ]),
  )
  await page.locator('input[type=file]').setInputFiles(path)
  const ms = await page.evaluate(async (within) => {
    const { paintedMs } = await window.pinscopeProbe.seen('imported', within)
    return paintedMs - window.pinscopeProbe.at.files
  }, WITHIN_MS)
  const profiles = /\(1\/(\d+)\)/.exec((await page.textContent('body')) ?? '')?.[1] ?? '1'
  return { ms, profiles: Number(profiles) }
}
