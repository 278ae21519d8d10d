import AxeBuilder from '@axe-core/playwright'
import { type Page } from '@playwright/test'

/** What axe finds wrong on the page, a line each; with the sizes of targets, which it leaves out by itself and Lighthouse does not. */
export async function complaints(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'target-size': { enabled: true } } })
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}
