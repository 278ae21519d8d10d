import { createSessionStore } from '../../src/state/session-store.ts'
import { seededRandom } from '../../src/cli/eval/seeded-random.ts'

/** What somebody else makes of an exported session: says something of one of its findings, in a browser of their own. */
export function fromBob(exported: string, random: () => number): string {
  const digit = seededRandom(Math.floor(random() * 2 ** 32))
  const texts = new Map<string, string>()
  const shelf = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  }
  const store = createSessionStore({
    shelf: () => shelf,
    author: () => 'Bob',
    now: () => Date.now(),
    random: (digits) => Array.from({ length: digits }, () => Math.floor(digit() * 16).toString(16)).join(''),
  })
  store.importSession(exported)
  const entries = [...store.state().session.values()].filter(({ subject }) => subject.kind !== 'event')
  const entry = entries.at(Math.floor(random() * entries.length))
  if (entry !== undefined) {
    const { subject, about } = entry
    store.write('note', [
      { names: [subject], about, field: 'note', value: `Bob was here ${Math.floor(random() * 1000)}` },
    ])
  }
  return store.exportText()
}
