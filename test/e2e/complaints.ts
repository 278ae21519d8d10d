import AxeBuilder from '@axe-core/playwright'
import { type Page } from '@playwright/test'

/** What axe finds wrong on the page, a line each; with the sizes of targets, which it leaves out by itself and Lighthouse does not. */
export async function complaints(page: Page): Promise<readonly string[]> {
  return found(new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }))
}

/** The same, of some rules alone: where the page differs from one that was looked at whole in colours or in sizes only. */
export async function complaintsOf(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  return found(new AxeBuilder({ page }).withRules([...rules]))
}

async function found(builder: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}
