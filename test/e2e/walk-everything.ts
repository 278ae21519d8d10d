import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { TOUR } from './screen-keys.ts'

/** What Playwright's pages and Puppeteer's have in common, and what differs. */
export interface Hands {
  press(key: string): Promise<void>
  type(text: string): Promise<void>
  /** Runs in the page. */
  ask(what: string): Promise<unknown>
  /** Gives files to the input of this name. */
  give(label: string, paths: readonly string[]): Promise<void>
}

const CAPTURE = ['trace.txt.gz', 'page_owner.txt', 'dmesg.txt', 'uname.txt', 'window.txt'].map((name) =>
  fileURLToPath(new URL(`../fixtures/captures/socket-holds-file/${name}`, import.meta.url)),
)
/** A dialog of the page, or of the UI kit. */
const OPEN = 'dialog[open], [role=dialog]'
const OTHER = fileURLToPath(new URL('../fixtures/captures/healthy/trace.txt.gz', import.meta.url))

/** Opens a capture and goes through all that the page has: screens, dialogs, verdicts, what is fetched when it is asked for. */
export async function walkEverything(hands: Hands): Promise<void> {
  await hands.give('Files', CAPTURE)
  await says(hands, 'blocked [')
  await sayOfIt(hands)
  for (const [key, screen] of [...TOUR, ['1', 'triage'] as const]) {
    await hands.press(key)
    await expect.poll(() => hands.ask('location.hash'), screen).toMatch(`#/${screen}?`)
    await onScreen[screen]?.(hands)
    await leadsNowhere(hands, screen)
  }
  await walkDialogs(hands)
}

/** A verdict, a note, a bookmark list, and the findings one by one. */
async function sayOfIt(hands: Hands): Promise<void> {
  await chord(hands, '3')
  await says(hands, 'Triage verdict')
  await chord(hands, 'n')
  await hands.type('seen on two boards')
  await hands.press('Escape')
  await chord(hands, 'p')
  await says(hands, 'which ones')
  await hands.press('n')
  await hands.press('Escape')
}

const onScreen: Readonly<Record<string, (hands: Hands) => Promise<void>>> = {
  pinners: async (hands) => {
    await says(hands, 'group by')
    await inDialog(hands, 'R', 'Rules')
    await hands.press('v')
    await expect.poll(() => hands.ask('location.hash')).toContain('flame')
  },
  compare: async (hands) => {
    await hands.give('Files to compare with', [OTHER])
    await expect
      .poll(() => hands.ask(`document.querySelector('[aria-label="Failures of A and B"]') !== null`))
      .toBe(true)
  },
  help: async (hands) => {
    await says(hands, 'Licences of pinscope')
    await hands.ask(`void document.querySelectorAll('main details').forEach((one) => (one.open = true))`)
    await says(hands, 'Permission is hereby granted')
  },
  pfn: (hands) => says(hands, 'holds'),
}

const DIALOGS: readonly (readonly [key: string, words: string])[] = [
  ['S', 'Report of the whole capture'],
  ['E', 'This finding as text'],
  [',', 'Source of a frame'],
]

async function walkDialogs(hands: Hands): Promise<void> {
  for (const [key, words] of DIALOGS) await inDialog(hands, key, words)
  // Frames lead to a site from here on: nothing is asked of it before a person presses one.
  await hands.press(',')
  await dialogSays(hands, 'Use https://')
  await hands.ask(
    `void [...document.querySelectorAll('dialog button')].find((one) => one.innerText.includes('https://')).click()`,
  )
  await hands.press('Escape')
  await hands.press('2')
  await says(hands, 'holds')
  await hands.press('l')
  await hands.press('1')
  await says(hands, 'blocked [')
  await chord(hands, 'l')
  await dialogSays(hands, 'session')
  await hands.press('Escape')
  await hands.press('t')
}

async function inDialog(hands: Hands, key: string, words: string): Promise<void> {
  // A screen that was just come to takes its keys a moment later.
  await expect(async () => {
    await hands.press(key)
    await dialogSays(hands, words, 5_000)
  }).toPass()
  await hands.press('Escape')
  await expect.poll(() => hands.ask(`document.querySelector('${OPEN}') === null`), key).toBe(true)
}

async function chord(hands: Hands, key: string): Promise<void> {
  await hands.press('k')
  await hands.press(key)
}

async function says(hands: Hands, words: string): Promise<void> {
  await expect.poll(() => hands.ask('document.body.innerText'), { timeout: 60_000 }).toContain(words)
}

async function dialogSays(hands: Hands, words: string, timeout = 30_000): Promise<void> {
  await expect
    .poll(() => hands.ask(`[...document.querySelectorAll('${OPEN}')].map((one) => one.innerText).join()`), { timeout })
    .toContain(words)
}

/** Nothing in the page names another place that a browser might go to unasked, as a hint to get ready for it does. */
async function leadsNowhere(hands: Hands, screen: string): Promise<void> {
  const named = await hands.ask(`[...document.querySelectorAll('[src], [srcset], [ping], [action], [data], link[href]')]
    .map((one) => one.outerHTML.slice(0, 200))
    .filter((html) => /(?:https?:)?\\/\\/(?!127\\.0\\.0\\.1)/.test(html) && !/src="(?:blob|data):/.test(html))`)
  expect(named, screen).toEqual([])
}
