import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { TraceSession } from '../../src/bridge/session.ts'
import { parseRuleFile } from '../../src/derive/attribution/rule-file.ts'
import { readSlice } from '../../src/formats/slice/open-slice.ts'
import { parseSession, readSessionFile, sessionText } from '../../src/session/session-file.ts'
import { viewField } from '../../src/session/session.ts'
import { type Subject } from '../../src/session/subject.ts'
import { readHead } from '../../src/snapshot/index-file.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { readEmbedded, unpackEmbedded } from '../../src/state/embedded.ts'
import { FILTERS_VALUE, INDEXES_VALUE, readKeptValue, SETTINGS_VALUE } from '../../src/state/kept-value.ts'
import { DEFAULT_SETTINGS, parseSettings } from '../../src/state/settings.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { Machine, settled } from '../support/session-machine.ts'
import { FIXTURE_BUILD, FIXTURE_FILTERS, FIXTURE_SETTINGS, fixtureFile, fixtureSession } from './stored-things.ts'

const FOLDER = new URL('../fixtures/upgrades/', import.meta.url)
const VERSIONS = readdirSync(FOLDER, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []))
const RELEASED = VERSIONS.filter((version) => !version.startsWith('before-'))

const path = (version: string, name: string): URL => new URL(`${version}/${name}`, FOLDER)
const textOf = (version: string, name: string): string => readFileSync(path(version, name), 'utf8')

/** What a browser kept, as its storage. */
function storageOf(version: string): Map<string, string> {
  const kept: unknown = JSON.parse(textOf(version, 'local-storage.json'))
  return new Map(Object.entries(kept as Readonly<Record<string, string>>))
}

function asStorage(items: Map<string, string>) {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
    removeItem: (key: string) => void items.delete(key),
  }
}

const STACK: Subject = { kind: 'stack', stack: '0011223344556677' }

test('there is a folder of every released version, this one among them', () => {
  const fields: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(RELEASED).toContain((fields as { readonly version: string }).version)
  expect(RELEASED).toContain('0.1.0')
})

describe.each(VERSIONS)('what a browser kept under %s', (version) => {
  test('has every note, which stay when something is said beside them', async () => {
    const machine = new Machine()
    machine.local = storageOf(version)
    const store = machine.open('Cleo')
    await store.ready
    expect(store.state().keeping).toEqual({ how: 'kept' })
    expect(sessionText(store.state().session)).toBe(sessionText(fixtureSession()))
    store.write('note', [{ names: [STACK], about: {}, field: 'note', value: 'after the upgrade' }])
    await settled()
    const again = machine.reopened(0).open()
    await again.ready
    expect(again.state().session.size).toBe(fixtureSession().size)
    expect(viewField(again.state().session, [STACK], 'note').value).toBe('after the upgrade')
    expect(viewField(again.state().session, [STACK], 'verdict').value).toBe('suspect')
    const range = { kind: 'range', hash: '5d1c0a9be2f34478', failure: 'cma:17800-17c00:1200000000' } as const
    expect(viewField(again.state().session, [range], 'note').value).toBe('two lines\nof a note')
  })

  test('has the settings, filters and choices that it had', () => {
    const storage = asStorage(storageOf(version))
    const settings = parseSettings(readKeptValue(SETTINGS_VALUE, storage))
    const filters: unknown = JSON.parse(readKeptValue(FILTERS_VALUE, storage) ?? '')
    expect(readKeptValue(INDEXES_VALUE, storage)).toBe('off')
    const ofBefore = { ...DEFAULT_SETTINGS, density: 'comfortable', recentActions: ['theme'] }
    const expected = RELEASED.includes(version) ? [FIXTURE_SETTINGS, FIXTURE_FILTERS] : [ofBefore, ['comm:cat']]
    expect([settings, filters]).toEqual(expected)
  })

  test('has an index that is not taken by another build: it goes, that is told, and the file answers', async () => {
    const shelf = new MemoryShelf()
    const bytes = new Uint8Array(gunzipSync(readFileSync(path(version, 'trace.index.gz'))))
    const head = readHead(bytes, bytes.length)
    expect(head?.meta.build, 'the fixture is a whole index').toBe(FIXTURE_BUILD)
    const name = `${head?.meta.key}.index`
    shelf.files.set(name, bytes)
    const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: 'this build', budgetBytes: 1e9 })
    const useless = (await (await openShelf()).look()).useless
    expect(useless).toEqual({ ofOtherBuilds: 1, notWhole: 0, ofNewerPinscope: 0 })
    shelf.files.set(name, bytes)
    const session = new TraceSession({ openShelf, build: 'this build', leastTextBytes: 100 })
    const loaded = await session.load([fixtureFile()], false, () => undefined, new Map(), 'reuse')
    expect(loaded).toMatchObject({ ok: true })
    expect(loaded).not.toHaveProperty('reused')
    const news = await session.indexNews()
    expect(news).toMatchObject({ kind: 'kept' })
    const plain = new TraceSession({ openShelf: async () => undefined, build: 'this build' })
    await plain.load([fixtureFile()], false, () => undefined, new Map(), 'reuse')
    const question = { thresholdNs: 300_000_000 }
    expect(await session.ask('failures', question)).toEqual(await plain.ask('failures', question))
    const kept = await (await openShelf()).list()
    expect(kept.map(({ build }) => build)).toEqual(['this build'])
  })
})

describe.each(RELEASED)('a file that %s wrote', (version) => {
  test('is a session with all that was said', () => {
    const read = parseSession(textOf(version, 'pinscope-session.json'))
    expect(read.ok && sessionText(read.value)).toBe(sessionText(fixtureSession()))
  })

  test('is a slice, in a file and in a link', () => {
    const slice = readSlice(textOf(version, 'slice.json'))
    expect(slice).toEqual(readSlice(textOf(version, 'slice-in-link.txt')))
    if (!slice.ok) throw new Error(slice.error)
    const [member] = slice.value.files
    expect(slice.value.about).toEqual({ kind: 'page', pfn: '0x100' })
    expect(member).toMatchObject({ name: 'trace.txt', lines: 35, format: 'ftrace' })
    expect(member.text).toContain(' => leaky_grab [leaky]')
  })

  test('is a report with its capture and its session', async () => {
    const read = readEmbedded(textOf(version, 'embedded.json'))
    if (!read.ok) throw new Error(read.error)
    const [file] = await unpackEmbedded(read.value.files)
    expect(await file.text()).toBe(await fixtureFile().text())
    const said = readSessionFile(read.value.session)
    expect(said.ok && sessionText(said.value)).toBe(sessionText(fixtureSession()))
  })

  test('is a set of rules', () => {
    const choice = parseRuleFile(textOf(version, 'rules.json'))
    expect(choice).toMatchObject({
      ok: true,
      value: { disabledRuleIds: ['driver'], extraRules: [{ id: 'my-driver' }], extraPairs: [{ id: 'pair-my-driver' }] },
    })
  })
})
