import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { KeptIndexStore } from '../../src/state/kept-index-store.ts'
import { readKeptValue, removeKeptValue, writeKeptValue } from '../../src/state/kept-value.ts'
import { changeSettings, readSettingsAgain, settingsNow, settingsTrouble } from '../../src/state/settings-store.ts'
import { addToFilterHistory, readFilterHistory } from '../../src/ui/views/events/filter-history.ts'
import { FakeConnection } from '../support/fake-trace-api.ts'

const items = new Map<string, string>()
let isFull = false

beforeEach(() => {
  items.clear()
  isFull = false
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (isFull) throw new DOMException('no', 'QuotaExceededError')
      items.set(key, text)
    },
    removeItem: (key: string) => void items.delete(key),
  })
})
afterEach(() => void vi.unstubAllGlobals())

describe('a value that the browser keeps', () => {
  const value = { key: 'a/2', before: ['a/1', 'a'] }

  test('is read under its own key first, and under older ones where that has none', () => {
    items.set('a', 'oldest')
    expect(readKeptValue(value)).toBe('oldest')
    items.set('a/1', 'older')
    expect(readKeptValue(value)).toBe('older')
    expect(writeKeptValue(value, 'new')).toBe(true)
    expect(readKeptValue(value)).toBe('new')
    expect(items.get('a')).toBe('oldest')
  })

  test('is gone under all of its keys when it is removed', () => {
    for (const key of ['a/2', 'a', 'b']) items.set(key, 'x')
    removeKeptValue(value)
    expect([...items.keys()]).toEqual(['b'])
  })

  test('is nothing where the browser keeps nothing', () => {
    isFull = true
    expect(writeKeptValue(value, 'x')).toBe(false)
    vi.stubGlobal('localStorage', undefined)
    expect([readKeptValue(value), writeKeptValue(value, 'x')]).toEqual([null, false])
  })
})

test('who kept no indexes before their key told a version keeps none now', () => {
  items.set('pinscope-keep-indexes', 'off')
  const store = (): KeptIndexStore => new KeptIndexStore(new FakeConnection().indexes, () => Promise.resolve())
  expect(store().state().isOn).toBe(false)
  store().switchOn()
  expect(store().state().isOn).toBe(true)
  expect(items.size).toBe(0)
})

test('filters of before are offered, and the next is put before them', () => {
  items.set('pinscope.event-filters', '["comm:cat"]')
  expect(addToFilterHistory('pfn:0x17')).toEqual(['pfn:0x17', 'comm:cat'])
  expect(readFilterHistory()).toEqual(['pfn:0x17', 'comm:cat'])
  items.set('pinscope.event-filters/1', '["cut')
  expect(readFilterHistory()).toEqual([])
})

describe('settings', () => {
  beforeEach(readSettingsAgain)
  afterEach(readSettingsAgain)

  test('that a newer build wrote beside stay, and so do those that this tab did not change', () => {
    changeSettings({ author: 'Ann' })
    items.set('pinscope.settings/1', '{"author":"Bob","hue":7}')
    changeSettings({ density: 'comfortable' })
    expect(JSON.parse(items.get('pinscope.settings/1') ?? '')).toEqual({
      author: 'Bob',
      hue: 7,
      density: 'comfortable',
    })
  })

  test('that cannot be read are put aside before anything is written, and that is told', () => {
    items.set('pinscope.settings/1', '{"author":"An')
    expect(settingsNow().author).toBe('')
    expect(settingsTrouble()).toContain('cannot be read')
    changeSettings({ author: 'Bob' })
    expect(items.get('pinscope.settings.unread')).toBe('{"author":"An')
    expect(settingsTrouble()).toContain('pinscope.settings.unread')
    expect(JSON.parse(items.get('pinscope.settings/1') ?? '')).toEqual({ author: 'Bob' })
  })

  test('that cannot be read, and not be put aside, stay', () => {
    items.set('pinscope.settings/1', '{"author":"An')
    isFull = true
    changeSettings({ author: 'Bob' })
    expect(settingsNow().author).toBe('Bob')
    expect(items.get('pinscope.settings/1')).toBe('{"author":"An')
  })
})
