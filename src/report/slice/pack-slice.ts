import { deflateSync } from 'fflate'
import { SLICE_DICTIONARY_1 } from '../../model/slice-dictionary.ts'

/** A link of more characters is too long for mail programs and chats: the slice goes as a file then. */
export const MOST_SHARED_CHARACTERS = 8000

const DICTIONARY_VERSION = 1

/** The JSON of a slice as a link holds it: see `unpackSlice`. The same text gives the same characters. */
export function packSlice(json: string): string {
  const dictionary = new TextEncoder().encode(SLICE_DICTIONARY_1)
  const packed = deflateSync(new TextEncoder().encode(json), { level: 9, mem: 12, dictionary })
  const bytes = new Uint8Array(packed.length + 1)
  bytes[0] = DICTIONARY_VERSION
  bytes.set(packed, 1)
  return base64Url(bytes)
}

const STEP = 8192

function base64Url(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
