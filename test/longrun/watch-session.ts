import { type Page } from 'playwright'
import { type Deed, type SaidHistory } from './said-history.ts'

declare global {
  interface Window {
    /** What the keys that are pressed now do with what was said. */
    longrunDeed?: Deed
    /** Times that the page has kept its session. */
    longrunSaves?: number
    longrunKept?: (text: string, deed: Deed) => Promise<void>
  }
}

/** Tells the history of all that a page keeps of its session from now on; of its first tab alone. */
export async function watchSession(page: Page, history: SaidHistory): Promise<void> {
  await page.exposeFunction('longrunKept', (text: string, deed: Deed) => history.kept(text, deed))
  await page.addInitScript(() => {
    const setItem = Reflect.get(Storage.prototype, 'setItem')
    Storage.prototype.setItem = function keep(key: string, value: string): void {
      Reflect.apply(setItem, this, [key, value])
      if (this !== localStorage || key !== 'pinscope.session') return
      window.longrunSaves = (window.longrunSaves ?? 0) + 1
      void window.longrunKept?.(value, window.longrunDeed ?? 'say')
    }
  })
}
