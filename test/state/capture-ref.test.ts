import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { captureRefOf, fileRef, judgeAdmission, mainFileOf, setHashOf } from '../../src/state/capture-ref.ts'
import { linkChangeOf } from '../../src/state/use-capture-link.ts'
import { type Opening } from '../../src/state/capture-store.ts'
import { fileAnswer, hashOf, overviewOf } from '../support/fake-trace-api.ts'

const trace = fileAnswer('trace', { records: 50 })
const other = fileAnswer('other', { records: 60 })
const owner = fileAnswer('owner', { format: 'page_owner', records: 900 })

describe('the main file', () => {
  test('is the trace with most events, however many records another file has', () => {
    expect(mainFileOf([owner, trace, other])?.name).toBe('other')
  })

  test('is the file with most records when there is no trace', () => {
    expect(mainFileOf([fileAnswer('dmesg', { format: 'dmesg' }), owner])?.name).toBe('owner')
  })

  test('is the first of equals, and none of nothing', () => {
    expect(mainFileOf([trace, fileAnswer('twin', { records: 50 })])?.name).toBe('trace')
    expect(mainFileOf([])).toBeUndefined()
    expect(captureRefOf([])).toBeUndefined()
  })
})

describe('the hash of a set', () => {
  const hashes = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{64}$/), { minLength: 1, maxLength: 6 })

  test.prop([hashes, fc.nat()])('is the same in any order and differs when a file is missing', (all, at) => {
    const files = all.map((sha256) => ({ hash: { kind: 'known', sha256 } as const }))
    expect(setHashOf(files.toReversed())).toBe(setHashOf(files))
    expect(setHashOf(files)).toMatch(/^[0-9a-f]{8}$/)
    expect(setHashOf(files.toSpliced(at % files.length, 1))).not.toBe(setHashOf(files))
  })
})

describe('admission', () => {
  const asked = { fileName: 'whatever', hash: hashOf('trace').slice(0, 16), set: setHashOf([trace, owner]) }

  test('goes by content, not by name or order', () => {
    expect(judgeAdmission(asked, [owner, { ...trace, name: 'renamed' }])).toBe('same')
  })

  test('notices other companions', () => {
    expect(judgeAdmission(asked, [trace])).toBe('other_companions')
    expect(judgeAdmission(asked, [trace, owner, other])).toBe('other_companions')
  })

  test('refuses another file', () => {
    expect(judgeAdmission(asked, [other, owner])).toBe('other_file')
  })

  test('is content with the main file when the link does not say the set', () => {
    expect(judgeAdmission({ ...asked, set: '' }, [trace, other])).toBe('same')
  })
})

describe('the link after files were opened', () => {
  const asked = { fileName: 'trace', hash: hashOf('trace').slice(0, 16), set: '' }
  const captureOf = (names: readonly string[], replaced?: { opening: Opening; names: readonly string[] }) => ({
    generation: 1,
    reading: 1,
    hasDiffered: false,
    overview: overviewOf(names.map((name) => fileAnswer(name))),
    ...(replaced && {
      replaced: { opening: replaced.opening, files: replaced.names.map((name) => fileAnswer(name)) },
    }),
  })

  test('is told of the capture when it asked for none', () => {
    expect(linkChangeOf(undefined, captureOf(['trace']))).toBe('write')
  })

  test('is left alone when the asked file came', () => {
    expect(linkChangeOf(asked, captureOf(['trace']))).toBe('none')
    expect(linkChangeOf(asked, captureOf(['trace'], { opening: 'instead', names: ['wrong'] }))).toBe('none')
  })

  test('is left alone when another file came, which is then refused', () => {
    expect(linkChangeOf(asked, captureOf(['wrong']))).toBe('none')
    expect(linkChangeOf(asked, captureOf(['wrong too'], { opening: 'instead', names: ['wrong'] }))).toBe('none')
  })

  test('begins anew when a person opened another file instead of the one it was about', () => {
    expect(linkChangeOf(asked, captureOf(['wrong'], { opening: 'instead', names: ['trace'] }))).toBe('reset')
  })

  test('is told of files that were added', () => {
    expect(linkChangeOf(asked, captureOf(['trace', 'more'], { opening: 'addition', names: ['trace'] }))).toBe('write')
  })
})

describe('a file in the link', () => {
  test.prop([fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[0-9a-f]{16}$/)])(
    'is read as it was written, whatever its name holds',
    (fileName, hash) => {
      expect(fileRef.parse(fileRef.serialize({ fileName, hash }))).toEqual({ fileName, hash })
    },
  )
})
