import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type FileHash } from '../../src/model/file-hash.ts'
import { HASH_WHOLE_BYTES } from '../../src/model/source-file.ts'
import { linkedCaptureOf } from '../../src/state/linked-capture.ts'
import { setHashOf } from '../../src/base/file-set.ts'
import {
  captureRefOf,
  fileRef,
  isAdmitted,
  judgeAdmission,
  mainFileOf,
  unknowableOf,
} from '../../src/state/capture-ref.ts'
import { linkChangeOf, renamedIn } from '../../src/state/use-capture-link.ts'
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

  test('refuses a file of another size before its content is hashed', () => {
    const late = { ...trace, hash: { kind: 'put_off', fingerprint: 'ef'.repeat(32) } } as const
    expect(judgeAdmission({ ...asked, sizeBytes: 10 }, [late])).toBe('not_known_yet')
    expect(judgeAdmission({ ...asked, sizeBytes: 11 }, [late])).toBe('other_file')
  })

  test('refuses another file', () => {
    expect(judgeAdmission(asked, [other, owner])).toBe('other_file')
  })

  test('is content with the main file when the link does not say the set', () => {
    expect(judgeAdmission({ ...asked, set: '' }, [trace, other])).toBe('same')
  })
})

describe('a line of a file that has another name here', () => {
  const here = { ...trace, name: 'renamed.txt' }
  const asked = { fileName: 'trace', hash: hashOf('trace').slice(0, 16), set: '' }

  test('is named as the file is called here, and so is the file', () => {
    expect(renamedIn({ capture: asked, event: 'trace:8' }, [other, here])).toEqual({
      capture: { ...asked, fileName: 'renamed.txt' },
      event: 'renamed.txt:8',
    })
  })

  test('stays where the name is right, or is that of another file, or the content is not the asked one', () => {
    expect(renamedIn({ capture: asked, event: 'trace:8' }, [trace])).toBeUndefined()
    expect(renamedIn({ capture: asked, event: 'owner:8' }, [here, owner])).toBeUndefined()
    expect(renamedIn({ capture: asked, event: 'trace:8' }, [other])).toBeUndefined()
    expect(renamedIn({ capture: asked }, [here])).toBeUndefined()
  })

  test('has its place in the link of a long name once it is known', () => {
    const long = { ...trace, name: `${'long'.repeat(9)}.txt` }
    const ref = captureRefOf([long])
    const renamed = ref && renamedIn({ capture: ref, event: `${ref.fileName}:8` }, [long])
    expect(renamed).toEqual({ capture: ref, event: `${long.name}:8` })
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

describe('a large file whose hash is put off', () => {
  const fingerprint = 'ab'.repeat(32)
  const sha256 = 'cd'.repeat(32)
  const PUT_OFF: FileHash = { kind: 'put_off', fingerprint }
  const KNOWN: FileHash = { kind: 'known', sha256, fingerprint }
  const CHANGED: FileHash = { kind: 'none', why: 'it changed', fingerprint }
  const big = (hash: FileHash, name = 'big') => fileAnswer(name, { records: 99, hash })
  const sampled = { fileName: 'big', sizeBytes: 10, hash: 'ab'.repeat(8), isSampled: true, set: '' } as const
  const named = { fileName: 'big', sizeBytes: 10, hash: 'cd'.repeat(8), set: '' }
  const capture = (hash: FileHash, more: object = {}) => ({
    overview: overviewOf([big(hash), owner]),
    hasDiffered: false,
    ...more,
  })

  test('is named by its samples, and the link says so', () => {
    expect(captureRefOf([big(PUT_OFF), owner])).toEqual(sampled)
    expect(captureRefOf([big(KNOWN)])).toEqual({ ...named, set: setHashOf([big(KNOWN)]) })
    expect(captureRefOf([big(CHANGED)])).toMatchObject({ isSampled: true, hash: sampled.hash })
    expect(captureRefOf([big({ kind: 'none', why: 'gone' })])).toBeUndefined()
    expect(fileRef.parse(fileRef.serialize(sampled))).toEqual({
      fileName: 'big',
      sizeBytes: 10,
      hash: sampled.hash,
      isSampled: true,
    })
  })

  test('is never taken for the file of a link before it is known to be', () => {
    expect(judgeAdmission(named, [big(PUT_OFF)])).toBe('not_known_yet')
    expect(judgeAdmission(named, [big(KNOWN)])).toBe('same')
    expect(judgeAdmission(named, [big({ ...KNOWN, sha256: 'ef'.repeat(32) })])).toBe('other_file')
    expect(judgeAdmission(named, [big(CHANGED)]), 'it may be').toBe('cannot_be_known')
  })

  test('of a link that was taken too early is refused when its samples differ, and else said to be alike only', () => {
    for (const hash of [PUT_OFF, KNOWN, CHANGED]) expect(judgeAdmission(sampled, [big(hash)])).toBe('same_samples')
    expect(judgeAdmission(sampled, [big({ kind: 'put_off', fingerprint: 'ba'.repeat(32) })])).toBe('other_file')
    expect(judgeAdmission(sampled, [trace])).toBe('other_file')
  })

  test('is not called another one where nobody can know that, and it is said why', () => {
    const unreadable: FileHash = { kind: 'none', why: 'its bytes could not be read' }
    for (const asked of [named, sampled]) {
      expect(judgeAdmission(asked, [big(unreadable), owner])).toBe('cannot_be_known')
      expect(unknowableOf(asked, [big(unreadable), owner])).toMatchObject([
        { file: { name: 'big' }, why: expect.stringContaining('its bytes could not be read') },
      ])
    }
    expect(judgeAdmission(named, [big(unreadable), big(KNOWN, 'too')])).toBe('same')
    expect(judgeAdmission(named, [big(unreadable), big(PUT_OFF, 'too')])).toBe('not_known_yet')
    expect(isAdmitted('cannot_be_known')).toBe(false)
  })

  test('without samples is not called another one than that of a link that knows its file by samples', () => {
    const unsized = { ...sampled, sizeBytes: undefined }
    const unsampled = (sizeBytes: number) => fileAnswer('big', { sizeBytes, hash: { kind: 'known', sha256 } })
    expect(judgeAdmission(unsized, [unsampled(HASH_WHOLE_BYTES + 1)])).toBe('cannot_be_known')
    expect(unknowableOf(unsized, [unsampled(HASH_WHOLE_BYTES + 1)])).toMatchObject([
      { why: expect.stringContaining('no samples') },
    ])
    expect(judgeAdmission(unsized, [unsampled(HASH_WHOLE_BYTES)]), 'samples are of large files').toBe('other_file')
    expect(judgeAdmission({ ...named, hash: 'ef'.repeat(8) }, [unsampled(HASH_WHOLE_BYTES + 1)])).toBe('other_file')
  })

  test('makes the link begin anew when it came instead of the asked one, and cannot be known', () => {
    const replaced = { opening: 'instead', files: [big(KNOWN)] } as const
    expect(linkChangeOf(named, capture({ kind: 'none', why: 'gone' }, { replaced }))).toBe('reset')
  })

  test('the link that was written for it tells its hash as soon as that is known; one that came stays as it is', () => {
    const ownLink = { ref: sampled, over: undefined }
    expect(linkChangeOf(sampled, capture(PUT_OFF, { ownLink }))).toBe('none')
    expect(linkChangeOf(sampled, capture(KNOWN, { ownLink }))).toBe('write')
    expect(linkChangeOf(sampled, capture(KNOWN))).toBe('none')
    expect(linkChangeOf(captureRefOf([big(KNOWN), owner]), capture(KNOWN, { ownLink }))).toBe('none')
  })

  test('a link that was pasted beside its own is not written over: what it says of other files is to be seen', () => {
    const ref = captureRefOf([big(KNOWN), owner])
    const own = { ownLink: { ref, over: undefined } }
    const others = { ...named, set: '12345678' }
    expect(judgeAdmission(others, [big(KNOWN), owner])).toBe('other_companions')
    expect(linkChangeOf(others, capture(KNOWN, own))).toBe('none')
    expect(linkChangeOf(sampled, capture(KNOWN, own)), 'it cannot be told of which file it was').toBe('none')
    expect(linkChangeOf({ ...named, set: '' }, capture(KNOWN, own))).toBe('none')
    const early = { ownLink: { ref: { ...named, set: '' }, over: undefined } }
    expect(linkChangeOf({ ...named, set: '' }, capture(KNOWN, early)), 'its own of before').toBe('write')
  })

  test('a link waits for it, but who opened it instead of another does not', () => {
    const replaced = (opening: Opening, hash: FileHash) => ({ replaced: { opening, files: [big(hash)] } })
    expect(linkChangeOf(named, capture(PUT_OFF))).toBe('none')
    expect(linkChangeOf(named, capture(PUT_OFF, replaced('instead', PUT_OFF))), 'which was not known either').toBe(
      'none',
    )
    expect(linkChangeOf(named, capture(PUT_OFF, replaced('addition', KNOWN)))).toBe('write')
    expect(linkChangeOf(named, capture(PUT_OFF, replaced('instead', KNOWN))), 'the same again').toBe('write')
    const another: FileHash = { ...KNOWN, fingerprint: 'ba'.repeat(32) }
    expect(linkChangeOf(named, capture(PUT_OFF, replaced('instead', another)))).toBe('reset')
    expect(linkChangeOf(named, capture(PUT_OFF, { ...replaced('addition', KNOWN), hasDiffered: true }))).toBe('reset')
  })

  test('a link to be copied waits for the hash, unless it has one', () => {
    expect(linkedCaptureOf(sampled, [big(PUT_OFF)])).toMatchObject({ status: 'waiting', file: { name: 'big' } })
    expect(linkedCaptureOf(undefined, [big(PUT_OFF)])).toMatchObject({ status: 'waiting' })
    expect(linkedCaptureOf(named, [big(PUT_OFF)])).toEqual({ status: 'named', capture: named })
    const another = big({ ...KNOWN, fingerprint: 'ba'.repeat(32) })
    expect(linkedCaptureOf(sampled, [another]), 'it is refused').toEqual({ status: 'named', capture: sampled })
    expect(linkedCaptureOf(sampled, [big(KNOWN)])).toMatchObject({ status: 'named', capture: { hash: named.hash } })
    expect(linkedCaptureOf(sampled, [big(CHANGED)])).toMatchObject({ status: 'named', capture: { isSampled: true } })
  })
})
