import { Inflate } from 'fflate'
import { SLICE_DICTIONARY_1 } from '../../model/slice-dictionary.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { MOST_LINK_CHARACTERS, MOST_SLICE_MIB } from '../../model/slice-file.ts'

/** Packed bytes unpacked at once: a step gives a thousand times as much at most. */
const STEP_BYTES = 1024
const MOST_BYTES = MOST_SLICE_MIB << 20

/**
 * The JSON of a slice as a link holds it: base64url of one byte, the version of the dictionary, and a raw deflate stream.
 * What is too long is refused before it is unpacked, and while it is.
 */
export function unpackSlice(packed: string): Result<string, string> {
  if (packed.length > MOST_LINK_CHARACTERS)
    return fail(`it is ${packed.length} characters long, and ${MOST_LINK_CHARACTERS} are read at most`)
  const bytes = bytesOf(packed)
  if (bytes === undefined || bytes.length < 2) return fail('it is damaged: it was cut, or changed on its way')
  if (bytes[0] !== 1) return fail('it was made by a newer pinscope, which packs slices in another way')
  const text = inflated(bytes.subarray(1))
  return text === undefined ? fail('it is damaged: it was cut, or changed on its way') : text
}

function bytesOf(packed: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(packed)) return undefined
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return undefined // of a length that no bytes have
  }
}

function inflated(packed: Uint8Array): Result<string, string> | undefined {
  const pieces: string[] = []
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let isWhole = false
  const inflate = new Inflate({ dictionary: new TextEncoder().encode(SLICE_DICTIONARY_1) }, (piece, isLast) => {
    size += piece.length
    isWhole ||= isLast
    if (size <= MOST_BYTES) pieces.push(decoder.decode(piece, { stream: !isLast }))
  })
  try {
    for (let at = 0; at < packed.length; at += STEP_BYTES) {
      inflate.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length)
      if (size > MOST_BYTES) break
    }
  } catch {
    return undefined
  }
  if (size > MOST_BYTES) return fail(`it is more than ${MOST_SLICE_MIB} MiB when it is unpacked`)
  return isWhole ? ok(pieces.join('')) : undefined
}
