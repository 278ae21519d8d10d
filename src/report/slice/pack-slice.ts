import { deflateSync, gzipSync } from 'fflate'
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
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The slice file as base64 of gzip, without a time: the same text gives the same bytes. */
export function gzipSlice(json: string): string {
  return base64(gzipSync(new TextEncoder().encode(json), { level: 9, mtime: 0 }))
}

const STEP = 8192

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(binary)
}
