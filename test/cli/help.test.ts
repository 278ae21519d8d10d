import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { helpText } from '../../src/cli/help-text.ts'
import { MANUALS } from '../../src/cli/help/manuals.ts'

const NAMES = MANUALS.map(({ name }) => name)

/** What reads the words behind a command, as it is written. */
const READERS = import.meta.glob<string>('../../src/cli/**/*-arguments.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})

function sourceOf(name: string): string {
  const file = name === 'pfn' ? 'page' : name
  const path = file === 'eval' ? 'eval/eval' : file
  return READERS[`../../src/cli/${path}-arguments.ts`] ?? ''
}

test('the list of commands fits a terminal and names each with what it does', async () => {
  const text = await helpText({ kind: 'help' })
  for (const { name, purpose } of MANUALS) {
    expect(text).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    expect(purpose.length).toBeLessThan(72)
  }
  expect(text.split('\n').length).toBeLessThan(30)
})

describe.each(NAMES)('%s', (name) => {
  test('has a page with every section, of at most 80 columns', async () => {
    const text = await helpText({ kind: 'help', about: name })
    const titles = ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'EXIT STATUS', 'EXAMPLES', 'FILES', 'ENVIRONMENT']
    expect(text.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual(titles)
    const long = text.split('\n').filter((line) => line.length > 80 && !line.includes('pinscope '))
    expect(long).toEqual([])
    // A man page is read by terminals of any encoding.
    // oxlint-disable-next-line no-control-regex -- the characters that are allowed
    expect(text).toMatch(/^[\x00-\x7f]*$/)
  })

  test('documents every option that its arguments are read for', async () => {
    const text = await helpText({ kind: 'help', about: name })
    const read = [...sourceOf(name).matchAll(/'(--[a-z-]+|-o)'/g)].map(([, option]) => option)
    expect(read.filter((option) => !text.includes(option))).toEqual([])
  })

  test('documents no option that is not read', () => {
    const options = MANUALS.find((manual) => manual.name === name)?.options ?? []
    for (const [option] of options.flatMap(([said]) => [...said.matchAll(/--[a-z-]+/g)])) {
      const read = parseArguments([name, option, 'x', 'y', 'z'])
      expect(read.ok ? '' : read.error).not.toContain('unknown option')
    }
  })
})

test('the page for man(1) has all commands, and no line that roff takes for a request it is not', async () => {
  const text = await helpText({ kind: 'help', isMan: true })
  for (const name of NAMES) expect(text).toContain(`\n.SH pinscope ${name}`)
  const requests = new Set(text.split('\n').flatMap((line) => /^\.(\w+)/.exec(line)?.[1] ?? []))
  expect([...requests].toSorted()).toEqual(['B', 'PP', 'RE', 'RS', 'SH', 'SS', 'TH', 'TP', 'fi', 'nf'])
})
