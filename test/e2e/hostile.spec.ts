import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { deflateSync } from 'fflate'
import { SLICE_DICTIONARY_1 } from '../../src/model/slice-dictionary.ts'
import { choose, EXAMPLE_TRACE, failedRanges, type GivenFile, statusLine } from './capture-page.ts'

/** A little more of zeros than is unpacked of a small file. */
const BOMB: GivenFile = { name: 'bomb.gz', bytes: gzipSync(Buffer.alloc(257 << 20), { level: 9 }) }
/** A thousand frames, each of which asks for 128 MiB and has one character. */
const WIDE: GivenFile = {
  name: 'wide.zst',
  bytes: Buffer.concat(
    Array.from({ length: 1000 }, () => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3, 0x0b, 0, 0, 97])),
  ),
}
const ENDLESS: GivenFile = { name: 'name.gz', bytes: Buffer.alloc(3 << 20, 65) }
ENDLESS.bytes.set([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3])

/** Entries that all are the same bytes, under names that play tricks. */
function sharing(names: readonly string[]): GivenFile {
  const text = Buffer.from('x\n')
  const head = (name: Buffer, isEntry: boolean): Buffer => {
    const bytes = Buffer.alloc(isEntry ? 46 : 30)
    bytes.writeUInt32LE(isEntry ? 0x02014b50 : 0x04034b50)
    for (const at of [18, 22]) bytes.writeUInt32LE(text.length, at + (isEntry ? 2 : 0))
    bytes.writeUInt16LE(name.length, isEntry ? 28 : 26)
    return bytes
  }
  const all = names.map((name) => Buffer.from(name))
  const local = Buffer.concat([head(all[0], false), all[0], text])
  const directory = Buffer.concat(all.flatMap((name) => [head(name, true), name]))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return { name: 'sharing.zip', bytes: Buffer.concat([local, directory, end]) }
}

/** The tab draws, and answers. */
async function expectAlive(page: Page): Promise<void> {
  await expect(statusLine(page)).toContainText(/[1-9]\d* events/)
  expect(await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve('drawn'))))).toBe(
    'drawn',
  )
}

test('hostile files and links leave the tab alive, say what happened, and keep what can be read', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('/')
  await choose(page, [BOMB, WIDE, ENDLESS, sharing(['../../etc/passwd', 'cod\u202egpj.txt', 'a', 'a']), EXAMPLE_TRACE])
  await expect(failedRanges(page)).toBeVisible({ timeout: 120_000 }) // 256 MiB are unpacked before
  await expectAlive(page)
  await page.getByRole('button', { name: 'Show in Files' }).click()
  const told = (name: string): ReturnType<Page['getByRole']> => page.getByRole('article', { name })
  await expect(told('bomb.gz')).toContainText('stopped after 268435456 bytes of text')
  await expect(told('bomb.gz')).toContainText('unpack it yourself and load the plain file')
  await expect(told('name.gz')).toContainText('the gzip stream cannot be unpacked further')
  await expect(told('sharing.zip/cod?gpj.txt')).toContainText('the archive gives it bytes of another file')
  await expect(told('sharing.zip/a (2)')).toBeVisible()

  const links = [
    `#/events?v=2&q=${encodeURIComponent('stack:/(a+)+$/ or comm:/^(.*a){40}$/i or comm:*a*a*a*a*a*a*a*a*a*b')}&end`,
    `#/events?v=2&q=${encodeURIComponent('pfn:1 or '.repeat(5000))}pfn:2&end`,
    `#/pinners?v=2&__proto__=1&constructor=x&toString&pfn=-1&threshold=NaN&q=count%3E1e400&from=Infinity&to=1e400&%E0%A4%A=%&end`,
    `#/events?v=2&q=${'a'.repeat(310_000)}`,
    `#/triage?v=2&${'x=1&'.repeat(20_000)}end`,
  ]
  for (const link of links) {
    await page.evaluate((to) => {
      location.hash = to
    }, link)
    await expectAlive(page)
  }
  await page.evaluate((to) => {
    location.hash = to
  }, links[1])
  await expect(page.getByText(/The filter is not applied.*more than 500 terms/).first()).toBeVisible()

  const bomb = deflateSync(new Uint8Array(80 << 20), {
    level: 9,
    dictionary: new TextEncoder().encode(SLICE_DICTIONARY_1),
  })
  const packed = Buffer.concat([Uint8Array.of(1), bomb]).toString('base64url')
  await page.goto('about:blank')
  await page.goto(`/#/pfn?v=2&pfn=0x1&slice=${packed}&end`)
  await expect(page.getByText(/more than 64 MiB when it is unpacked/).first()).toBeVisible()
})
