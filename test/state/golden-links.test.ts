import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLinkText, writeLinkText } from '../../src/state/link-text.ts'
import { LINK_VERSION } from '../../src/state/link-upgrade.ts'
import { isLinkName, readView, serializeView } from '../../src/state/view-state.ts'

const FOLDER = new URL('../fixtures/links/', import.meta.url)
const VERSIONS = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

function linksOf(name: string): readonly string[] {
  return readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n')
}

function read(link: string): ReturnType<typeof readView> {
  const [path, parameters = ''] = link.replace(/^#/, '').split('?')
  return readView(path, readLinkText(parameters, isLinkName))
}

describe.each(VERSIONS)('the links of %s', (name) => {
  const golden = new URL(name.replace('.txt', '.json'), FOLDER)
  const links = linksOf(name)

  test('say what they said when they were made', () => {
    const views = Object.fromEntries(links.map((link) => [link, read(link).view]))
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, `${JSON.stringify(views, undefined, 2)}\n`)
    const expected: unknown = JSON.parse(readFileSync(golden, 'utf8'))
    expect(JSON.parse(JSON.stringify(views))).toEqual(expected)
  })

  test.each(links)('%s is understood whole', (link) => {
    expect(read(link).trouble).toEqual({ unread: [], mended: [], isCut: false })
  })

  test.each(links)('%s means the same when the present version has written it', (link) => {
    const { path, parameters } = serializeView(read(link).view)
    expect(read(path + writeLinkText(parameters)).view).toEqual(read(link).view)
  })
})

test('there are links of every version, and those of the present one are written as they stand', () => {
  expect(VERSIONS).toEqual(Array.from({ length: LINK_VERSION }, (_, at) => `v${at + 1}.txt`))
  const links = linksOf(`v${LINK_VERSION}.txt`)
  const written = links.map((link) => {
    const { path, parameters } = serializeView(read(link).view)
    return `#${path}${writeLinkText(parameters)}`
  })
  expect(written).toEqual(links)
})
