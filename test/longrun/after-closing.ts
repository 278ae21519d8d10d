import { BUNDLED_CAPTURES } from './captures.ts'
import { closeCapture, everyScreen } from './cycles.ts'
import { measure, type Measured } from './measure.ts'
import { calm, type Hands, openInstead } from './person.ts'

/** What is left when a capture is closed, which loads the page again: all that a page held is given back then. */
export type Left = Pick<Measured, 'processes' | 'pageHeap' | 'blink'>

/** Bytes that may be left more than at first: code that is compiled for deeds that no screen shows by itself stays. */
const MOST_MORE: Left = { processes: 40e6, pageHeap: 8e6, blink: 2e6 }

/** Captures that are opened, looked at on every screen and closed before. */
const WARM_UP = 3
/** What other threads let go of later. ms. */
const SETTLES_MS = 10_000

/** Opens and closes some captures, and measures what is left. */
export async function leftAfterClosing(hands: Hands): Promise<Left> {
  const { page, session } = hands
  for (let times = 0; times < WARM_UP; times++) {
    await calm(hands)
    await openInstead(hands, BUNDLED_CAPTURES[times % BUNDLED_CAPTURES.length].paths)
    await everyScreen(hands)
    await calm(hands)
    await closeCapture(page)
    await page.getByText(/^Kept indexes: \d/).waitFor()
  }
  await page.waitForTimeout(SETTLES_MS)
  return measure(page, session)
}

/** A line for each measure; false when one has grown. */
export function judgeLeft(first: Left, last: Left): { readonly isFlat: boolean; readonly lines: readonly string[] } {
  // Keys of the object are those of its type.
  const names = Object.keys(MOST_MORE) as (keyof Left)[]
  const grown = names.filter((name) => last[name] - first[name] > MOST_MORE[name])
  const lines = names.map((name) => {
    const words = `${first[name]} at first, ${last[name]} at last (at most ${MOST_MORE[name]} more)`
    return `${grown.includes(name) ? 'GROWS' : 'flat '} ${name.padEnd(11)} once closed: ${words}`
  })
  return { isFlat: grown.length === 0, lines }
}
