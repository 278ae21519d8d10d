import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Page } from 'playwright'
import { VIEW_KEYS } from '../../src/ui/keys/view-keys.ts'
import { VIEW_IDS } from '../../src/state/view-state.ts'
import { BUNDLED_CAPTURES } from './captures.ts'
import { goBack, type Person, openInstead, pick, press, pressAs, said, screenOf, untilRead, upTo } from './person.ts'
import { giveFiles } from './give-files.ts'
import { fromBob } from './other-person.ts'

/** One thing that a person does. */
export interface Step {
  readonly name: string
  /** How often, against the others. */
  readonly weight: number
  readonly run: (person: Person) => Promise<void>
}

const SCREENS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '?']
const MOVES = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'ArrowRight', 'ArrowLeft', 'Enter', 'Tab']
const SEARCHED = [
  '0x1ec3e',
  '0x17ac9',
  'tcp_sendmsg',
  'page_ref',
  '1ec3e000',
  'kswapd',
  'trace.txt.gz:1200',
  'migrate',
  '42',
  'zzz',
]
const FILTERS = [
  'op:mod_u',
  'count>2',
  'cuont>3',
  '-op:freeze',
  'pfn:0x1ec3e',
  'comm:kswapd0',
  'stack:migrate',
  '',
  '(',
]
const NOTES = [
  'seen on two boards',
  'ask the owner of the driver',
  'not again after the reboot',
  'see the mail of Monday',
]

/** Needs a dialog of the system, or leads away from the capture. */
const NOT_BY_KEY = new Set(['choose', 'folder', 'compare-example', 'close'])

/** Everything that the walk chooses from. */
export const STEPS: readonly Step[] = [
  { name: 'another screen', weight: 16, run: ({ page, ...one }) => press(page, pick(one, SCREENS)) },
  { name: 'a key of the screen', weight: 20, run: keyOfScreen },
  { name: 'moving in a list', weight: 14, run: moveInList },
  { name: 'a row', weight: 6, run: clickRow },
  { name: 'a link on the screen', weight: 5, run: followLink },
  { name: 'raw lines', weight: 4, run: ({ page }) => press(page, 'l') },
  { name: 'the chart', weight: 10, run: useChart },
  { name: 'search', weight: 4, run: searchFor },
  { name: 'a filter', weight: 4, run: filterBy },
  { name: 'the palette', weight: 3, run: usePalette },
  { name: 'back or forward', weight: 5, run: moveInHistory },
  {
    name: 'theme, density or inspector',
    weight: 4,
    run: ({ page, ...one }) => press(page, pick(one, ['t', 'Shift+D', 'i'])),
  },
  { name: 'settings', weight: 1, run: ({ page }) => press(page, ',', 'Tab', 'Tab', 'Escape') },
  { name: 'a copied link', weight: 2, run: copyLink },
  { name: 'a copied cell or stack', weight: 3, run: ({ page }) => press(page, 'Tab', 'Shift+Y') },
  { name: 'sharing', weight: 2, run: share },
  { name: 'the mail text', weight: 1, run: ({ page }) => press(page, 'Shift+E') },
  { name: 'a link opened', weight: 4, run: openLink },
  { name: 'a verdict', weight: 6, run: judge },
  { name: 'a note', weight: 5, run: writeNote },
  { name: 'an assignee', weight: 1, run: assign },
  { name: 'a bookmark', weight: 2, run: bookmark },
  { name: 'undo', weight: 5, run: (person) => stepBack(person, 'undo', upTo(person, 3)) },
  { name: 'redo', weight: 3, run: (person) => stepBack(person, 'redo', upTo(person, 2)) },
  { name: 'the session listed', weight: 1, run: ({ page }) => press(page, 'k', 'l') },
  { name: 'findings presented', weight: 1, run: present },
  { name: 'the session exported', weight: 1, run: exportSession },
  { name: 'a session imported', weight: 1, run: importSession },
  { name: 'another capture', weight: 2, run: openAnother },
  { name: 'a capture to compare with', weight: 1, run: compareWith },
  { name: 'the compared capture closed', weight: 1, run: closeOther },
  { name: 'rules of one’s own', weight: 1, run: applyRules },
  { name: 'frozen and resumed', weight: 1, run: freeze },
  { name: 'half a screen', weight: 1, run: resize },
  { name: 'another tab', weight: 1, run: anotherTab },
]

/** One of the steps, by their weights. */
export function chooseStep(random: () => number): Step {
  let left = random() * STEPS.reduce((sum, { weight }) => sum + weight, 0)
  return STEPS.find(({ weight }) => (left -= weight) < 0) ?? STEPS[0]
}

async function moveInHistory({ page, random }: Person): Promise<void> {
  if (random() < 0.6) await goBack(page)
  else await press(page, 'Alt+ArrowRight')
}

async function keyOfScreen(person: Person): Promise<void> {
  const screen = VIEW_IDS.find((id) => id === screenOf(person.page)) ?? 'help'
  const keys = VIEW_KEYS[screen].filter((key) => key.keys.length > 0 && !NOT_BY_KEY.has(key.id))
  if (keys.length === 0) return press(person.page, '1')
  const { id, keys: bound } = pick(person, keys)
  for (let times = upTo(person, /next|before|previous|closer|farther|window/.test(id) ? 4 : 1); times > 0; times--) {
    await pressAs(person.page, pick(person, bound))
  }
}

async function moveInList(person: Person): Promise<void> {
  const { page } = person
  const lists = page.locator('[role=grid], [role=treegrid]')
  const count = await lists.count()
  if (count > 0) {
    const row = lists
      .nth(Math.floor(person.random() * count))
      .locator('[role=row][tabindex="0"], [tabindex="0"]')
      .first()
    // It may be gone by now.
    await row.focus({ timeout: 2000 }).catch(() => undefined)
  }
  for (let times = upTo(person, 6); times > 0; times--) await press(page, pick(person, MOVES))
}

async function clickRow(person: Person): Promise<void> {
  const rows = person.page.locator('[role=main] [data-row], main [data-row]')
  await clickOneOf(person, rows)
}

async function followLink(person: Person): Promise<void> {
  await clickOneOf(person, person.page.locator('main a[href^="#"], main [data-place]'))
}

async function clickOneOf(person: Person, all: ReturnType<Person['page']['locator']>): Promise<void> {
  const count = await all.count()
  if (count === 0) return
  // What is chosen may be gone by now: a person's click goes astray, too.
  await all
    .nth(Math.floor(person.random() * count))
    .click({ timeout: 2000 })
    .catch(() => undefined)
}

async function useChart(person: Person): Promise<void> {
  const { page, random } = person
  const charts = page.locator('main [role=application], main svg[role=img], main canvas')
  const count = await charts.count()
  if (count === 0) return press(page, '2')
  // It may be gone by now: another capture may have none.
  const chart = charts.nth(Math.floor(random() * count))
  const box = await chart.boundingBox({ timeout: 2000 }).catch(() => null)
  if (box === null) return
  const somewhere = (): [number, number] => [box.x + random() * box.width, box.y + random() * box.height]
  await page.mouse.move(...somewhere())
  for (let times = upTo(person, 4); times > 0; times--) {
    const deed = pick(person, ['hover', 'wheel', 'drag', 'keys'] as const)
    if (deed === 'hover') await page.mouse.move(...somewhere(), { steps: 8 })
    if (deed === 'wheel') await page.mouse.wheel(pick(person, [-200, 0, 200]), pick(person, [-240, 240]))
    if (deed === 'keys') await press(page, pick(person, ['w', 's', 'a', 'd', '0', '+', '-']))
    if (deed === 'drag') {
      await page.mouse.down()
      await page.mouse.move(...somewhere(), { steps: 6 })
      await page.mouse.up()
    }
  }
}

async function searchFor(person: Person): Promise<void> {
  const { page } = person
  await press(page, '/')
  await page.keyboard.type(pick(person, SEARCHED), { delay: 40 })
  await page.waitForTimeout(300)
  await press(page, pick(person, ['Enter', 'ArrowDown', 'Escape']), pick(person, ['Enter', 'Escape']))
}

async function filterBy(person: Person): Promise<void> {
  const { page } = person
  await press(page, pick(person, ['6', '6', '1', '5', '3']))
  await page.waitForTimeout(300)
  await press(page, 'f')
  await press(page, 'Control+a')
  await page.keyboard.type(pick(person, FILTERS), { delay: 30 })
  await press(page, 'Enter')
}

async function usePalette(person: Person): Promise<void> {
  const { page } = person
  await press(page, 'Control+k')
  await page.keyboard.type(pick(person, ['group', 'next', 'theme', 'sort', 'zoom', 'copy', '0x1ec3e', 'events']), {
    delay: 40,
  })
  await press(page, pick(person, ['Escape', 'ArrowDown', 'ArrowUp']), 'Escape')
}

async function copyLink({ page, links }: Person): Promise<void> {
  await press(page, 'y')
  await page.waitForTimeout(300)
  const text = await page.evaluate(() => navigator.clipboard.readText())
  if (text.includes('#/')) links.push(text)
  if (links.length > 30) links.shift()
  await press(page, 'Escape')
}

async function share(person: Person): Promise<void> {
  const { page } = person
  await press(page, 'Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await dialog.waitFor()
  await press(page, ...Array.from({ length: upTo(person, 8) - 1 }, () => 'ArrowDown'))
  const button = dialog.getByRole('button', { name: /^(?:Copy|Save) the/ }).first()
  if (await button.isVisible()) await button.press('Enter', { timeout: 20_000 }).catch(() => undefined)
  await page.waitForTimeout(1500)
}

async function openLink(person: Person): Promise<void> {
  const { page, links } = person
  if (links.length === 0) return copyLink(person)
  await page.evaluate(
    (hash) => {
      location.hash = hash
    },
    new URL(pick(person, links)).hash,
  )
}

async function judge(person: Person): Promise<void> {
  await showFinding(person)
  const { page, ...one } = person
  await press(page, 'k', pick(one, ['1', '2', '3', '4', '5', '0']))
}

/** Most of what is said is said on the screen of findings, of one of them. */
async function showFinding(person: Person): Promise<void> {
  const { page, random } = person
  if (random() < 0.2) return
  await press(page, '1', pick(person, ['n', 'N', 'u']))
  await page.waitForTimeout(400)
}

async function writeNote(person: Person): Promise<void> {
  const { page } = person
  await showFinding(person)
  await press(page, 'k', 'n')
  await page.waitForTimeout(100)
  if (!(await isIn(page, 'textarea[data-session-note]'))) return
  await press(page, pick(person, ['End', 'Control+a', 'Control+End']))
  await page.keyboard.type(`${pick(person, NOTES)} ${Math.floor(person.random() * 1000)}`, { delay: 20 })
  await press(page, 'Escape')
  await page.waitForTimeout(500)
}

async function assign(person: Person): Promise<void> {
  const { page } = person
  await showFinding(person)
  await press(page, 'k', 'a')
  await page.waitForTimeout(100)
  if (!(await isIn(page, '[data-session-assignee] input'))) return
  await press(page, 'Control+a')
  await page.keyboard.type(pick(person, ['Ann', 'Bob', 'Chris']))
  await press(page, 'Enter', 'Escape')
  await page.waitForTimeout(500)
}

async function bookmark(person: Person): Promise<void> {
  const { page } = person
  await press(page, pick(person, ['2', '6']))
  await page.waitForTimeout(500)
  await press(page, ']')
  await page.waitForTimeout(300)
  await press(page, 'k', 'b')
  await page.waitForTimeout(400)
  const label = page.getByRole('textbox', { name: 'Label' })
  if (!(await label.isVisible())) return
  await label.fill(person.random() < 0.2 ? '' : `mark ${Math.floor(person.random() * 100)}`)
  await press(page, 'Enter')
  await page.waitForTimeout(200)
}

/** What is kept after each key is followed; when nothing is left to step to, the page must say so. */
export async function stepBack({ page, history }: Person, deed: 'undo' | 'redo', most: number): Promise<void> {
  for (let times = 0; times < most; times++) {
    const saves = await page.evaluate((doing) => {
      window.longrunDeed = doing
      return window.longrunSaves ?? 0
    }, deed)
    const left = deed === 'undo' ? history.past : history.future
    await press(page, deed === 'undo' ? 'Control+z' : 'Control+Shift+Z')
    const isNothing = !(await isSavedAgain(page, saves, deed))
    await page.evaluate(() => {
      window.longrunDeed = 'say'
    })
    const words = (await said(page).textContent()) ?? ''
    if (isNothing !== (left === 0)) history.broken.push(`${deed} with ${left} deeds left said: ${words}`)
    if (isNothing) return
  }
}

/**
 * True once something was kept after `saves`, false when the page says that nothing is left. What the page said of the key
 * before may still be there, so that its words alone do not tell that this key was heard.
 */
async function isSavedAgain(page: Page, saves: number, deed: 'undo' | 'redo'): Promise<boolean> {
  const nothing = deed === 'undo' ? /^Nothing to undo/ : /^Nothing to redo/
  for (let times = 0; times < 100; times++) {
    if ((await page.evaluate(() => window.longrunSaves ?? 0)) > saves) return true
    if (times > 10 && nothing.test((await said(page).textContent()) ?? '')) return false
    await page.waitForTimeout(100)
  }
  throw new Error(`10 s after ${deed} nothing was kept, and the page says: ${await said(page).textContent()}`)
}

async function present(person: Person): Promise<void> {
  const { page } = person
  await press(page, 'k', 'p')
  await page.waitForTimeout(400)
  for (let times = upTo(person, 5); times > 0; times--) {
    await press(page, pick(person, ['n', 'N', ']', '[', 'n']))
    await page.waitForTimeout(200)
  }
  await press(page, 'Escape')
}

async function exportSession(person: Person): Promise<void> {
  const [download] = await Promise.all([
    person.page.waitForEvent('download', { timeout: 10_000 }),
    press(person.page, 'k', 'e'),
  ])
  const stream = await download.createReadStream()
  person.exported = (await stream.toArray()).join('')
}

async function importSession(person: Person): Promise<void> {
  if (person.exported === '') return exportSession(person)
  const text = fromBob(person.exported, person.random)
  await giveText(person, 'Triage session', 'from-bob.json', text)
  await person.page.getByRole('dialog', { name: /^Import/ }).waitFor()
  await person.page.waitForTimeout(300)
  await press(person.page, 'Enter')
  await person.page.waitForTimeout(300)
}

async function giveText({ session, folder }: Person, label: string, name: string, text: string): Promise<void> {
  const path = join(folder, name)
  writeFileSync(path, text)
  await giveFiles(session, label, [path])
}

async function openAnother(person: Person): Promise<void> {
  person.links = []
  await openInstead(person, pick(person, BUNDLED_CAPTURES).paths)
}

async function compareWith(person: Person): Promise<void> {
  const { page } = person
  await press(page, '7')
  const input = page.locator('input[type=file][aria-label="Files to compare with"]')
  await input.waitFor({ state: 'attached' })
  await giveFiles(person.session, 'Files to compare with', pick(person, BUNDLED_CAPTURES).paths)
  await page.waitForTimeout(1500)
}

async function closeOther({ page }: Person): Promise<void> {
  await press(page, '7')
  await page.waitForTimeout(300)
  await press(page, 'Shift+X')
}

async function applyRules(person: Person): Promise<void> {
  const { page } = person
  const rules = [
    {
      id: 'mine',
      class: 'io',
      on: 'both',
      frames: ['leaky_\\w+'],
      reason: `mine, ${upTo(person, 9)}`,
      source: 'drivers/leaky.c',
    },
  ]
  const text = JSON.stringify({ schema: 'pinscope.rules/1', rules })
  await giveText(person, 'Files', 'mine.json', text)
  await page.getByRole('dialog').first().waitFor({ timeout: 20_000 })
  await press(page, 'Escape')
}

async function freeze({ page, session, pace, ...one }: Person): Promise<void> {
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await new Promise((resolve) => setTimeout(resolve, (2000 + 1000 * upTo(one, 6)) * pace))
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await page.bringToFront()
}

async function resize(person: Person): Promise<void> {
  const { page } = person
  await page.setViewportSize({ width: 720, height: 900 })
  await page.waitForTimeout(300)
  await press(page, pick(person, SCREENS), 'i', 'i')
  await page.waitForTimeout(300)
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** A link to what is shown, opened in a tab of its own, reloaded and closed: it knows what was said. */
async function anotherTab(person: Person): Promise<void> {
  const { page, history } = person
  const tab = await page.context().newPage()
  try {
    await tab.goto(page.url())
    await tab.waitForTimeout(1000)
    await tab.reload()
    await tab.waitForTimeout(1000)
    await press(tab, pick(person, SCREENS))
    history.isKept(await tab.evaluate(() => localStorage.getItem('pinscope.session')))
  } finally {
    await tab.close()
    await page.bringToFront()
  }
}

async function isIn(page: Person['page'], selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)
}

/** Ends what may be open, and shows the first screen of the capture that every measurement is of. */
export async function toRest(person: Person): Promise<void> {
  await closeOther(person)
  await openInstead(person, BUNDLED_CAPTURES[0].paths)
  await untilRead(person.page)
  await press(person.page, '1')
}
