import { describe, expect, test } from 'vitest'
import { type SourceFile } from '../../src/model/source-file.ts'
import { permalinkOf } from '../../src/cli/permalink.ts'
import { loadCapture } from '../../src/cli/load-capture.ts'
import { readOverview } from '../../src/queries/overview.ts'
import { captureRefOf } from '../../src/state/capture-ref.ts'
import { writeLinkText } from '../../src/state/link-text.ts'
import { DEFAULT_VIEW, serializeView } from '../../src/state/view-state.ts'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const capture = (name: string): string => fileURLToPath(new URL(`../fixtures/captures/${name}`, import.meta.url))

type Linked = Parameters<typeof permalinkOf>[0][number]

function file(name: string, format: SourceFile['format'], records: number, digit: string): Linked {
  return { name, format, records, sizeBytes: 12, hash: { kind: 'known', sha256: digit.repeat(64) } }
}

describe('the link that a command prints', () => {
  test.each(['leaky-driver-61', 'healthy', 'offline-unmovable'])(
    'is the one that the page writes: %s',
    async (name) => {
      const loaded = await loadCapture([capture(name)], { nameOf: (path) => basename(path) })
      if (!loaded.ok) throw new Error(loaded.error)
      const { trace, derived } = loaded.value
      const { files } = readOverview(trace, derived)
      const { path, parameters } = serializeView({ ...DEFAULT_VIEW, view: 'triage', capture: captureRefOf(files) })
      expect(permalinkOf(trace.files)).toBe(`#${path}${writeLinkText(parameters)}`)
    },
  )

  test('names the trace before a larger dump, by a beginning that fits', () => {
    const link = permalinkOf([
      file('page_owner.txt', 'page_owner', 900, 'b'),
      file('a long name & of-a-trace-é.txt', 'ftrace', 7, 'a'),
    ])
    expect(link).toMatch(/^#\/triage\?v=2&f=a%20long%20name%20%26\.\.~a{16}~12&set=[0-9a-f]{8}&end$/)
  })

  test('names no file where none has a hash', () => {
    const unhashed: Linked = { ...file('a', 'ftrace', 1, 'a'), hash: { kind: 'none', why: 'gone' } }
    expect(permalinkOf([unhashed])).toBe('#/triage?v=2&end')
  })
})
