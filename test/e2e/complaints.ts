import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong on the page, a line each; with the sizes of targets, which it leaves out by itself and Lighthouse does not. */
export async function complaints(page: Page): Promise<readonly string[]> {
  return found(page, { rules: { 'target-size': { enabled: true } } })
}

/** The same, of some rules alone: where the page differs from one that was looked at whole in colours or in sizes only. */
export async function complaintsOf(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  return found(page, { runOnly: [...rules] })
}

/**
 * What is wrong on the page in the light, and with its colours in the dark: all else is the same page, unless `inDark` asks for
 * all of it again. It is light again.
 */
export async function complaintsInBoth(page: Page, inDark: 'colours' | 'all' = 'colours'): Promise<readonly string[]> {
  const light = await complaints(page)
  await showIn(page, 'dark')
  const dark = inDark === 'all' ? await complaints(page) : await complaintsOf(page, COLOURS)
  await showIn(page, 'light')
  return [...light, ...dark.map((line) => `dark: ${line}`)]
}

/** Ends when the page has the colours: it is told of the scheme a frame later, and would be looked at in the midst of that. */
async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
}

type Options = Parameters<AxeBuilder['options']>[0]

/**
 * The page has no frames, so one run in it is all; else everything that is in order would be described too, carried out,
 * and put together in a second page, which takes longer than the looking.
 */
async function found(page: Page, options: Options): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ ...options, resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}
