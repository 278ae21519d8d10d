import * as v from 'valibot'
import { fail, ok, type Result } from '../../base/result.ts'
import {
  MOST_LINK_CHARACTERS,
  MOST_SLICE_MIB,
  SLICE_VERSION,
  type SliceFile,
  sliceSchema,
} from '../../model/slice-file.ts'
import { firstBytes, unreadable } from '../archives/member.ts'
import { type ReadOptions } from '../read-options.ts'
import { type Source } from '../source.ts'
import { unpackLimitOf } from '../unpack-limit.ts'
import { iterate, unwrap } from '../unwrap.ts'
import { newWrapping } from '../wrapping.ts'
import { memberSource } from './member-source.ts'
import { unpackSlice } from './unpack-slice.ts'

/** What the file begins with that stands for the slice of a link. */
export const LINK_PREFIX = 'pinscope-slice:'
/** JSON of a slice begins so, however it is indented. */
const JSON_START = /^\uFEFF?\s*\{\s*"pinscope"\s*:\s*"slice"/
const HEAD_BYTES = 128
const MOST_BYTES = MOST_SLICE_MIB << 20
/** Packed bytes that are looked at: a slice of 64 MiB packs into far fewer. */
const MOST_PACKED_BYTES = 32 << 20

/**
 * The files of a slice, each a source of the lines that are there; undefined for what is no slice. Of one that cannot be read
 * there is one file that says why.
 */
export async function openSlice(source: Source, options: ReadOptions): Promise<readonly Source[] | undefined> {
  const head = new TextDecoder().decode(await firstBytes(textPieces(source, options), HEAD_BYTES))
  if (!head.startsWith(LINK_PREFIX) && !JSON_START.test(head)) return undefined
  const text = await wholeText(source, options)
  const slice = text.ok ? readSlice(text.value) : text
  if (!slice.ok) return [unreadable(source.name, `This slice cannot be read: ${slice.error}.`)]
  const { files, pinscope: _pinscope, ...note } = slice.value
  return files.map((member) => memberSource(note, member))
}

/** Reads the text of a slice: JSON, or what a link has. The failure says in words what is wrong. */
export function readSlice(text: string): Result<SliceFile, string> {
  const json = text.startsWith(LINK_PREFIX) ? unpackSlice(text.slice(LINK_PREFIX.length).trim()) : ok(text)
  if (!json.ok) return json
  try {
    return checked(JSON.parse(json.value.replace(/^\uFEFF/, '')))
  } catch {
    return fail('it is damaged: its text is no JSON; it was cut, or changed on its way')
  }
}

function checked(value: unknown): Result<SliceFile, string> {
  const slice = v.safeParse(sliceSchema, value)
  if (slice.success) return ok(slice.output)
  const [issue] = slice.issues
  const where = v.getDotPath(issue) ?? 'the whole'
  const newer = newerWords(value)
  return fail(`${newer}${where}: ${issue.message}`)
}

function newerWords(value: unknown): string {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version !== 'number' || version <= SLICE_VERSION) return ''
  return `it is of version ${version}, and this pinscope reads ${SLICE_VERSION}; `
}

async function wholeText(source: Source, options: ReadOptions): Promise<Result<string, string>> {
  if (source.sizeBytes > MOST_BYTES) return fail(`it has more than ${MOST_SLICE_MIB} MiB`)
  const decoder = new TextDecoder()
  const pieces: string[] = []
  let size = 0
  for await (const piece of textPieces(source, options)) {
    size += piece.length
    if (size > MOST_BYTES) return fail(`it is more than ${MOST_SLICE_MIB} MiB when it is unpacked`)
    pieces.push(decoder.decode(piece, { stream: true }))
  }
  const text = pieces.join('') + decoder.decode()
  const isLong = text.startsWith(LINK_PREFIX) && text.length > MOST_LINK_CHARACTERS + LINK_PREFIX.length
  return isLong ? fail(`it has more than ${MOST_LINK_CHARACTERS} characters`) : ok(text)
}

function textPieces(source: Source, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const isLarge = source.sizeBytes > MOST_PACKED_BYTES
  const open = () => iterate(isLarge && source.slice ? source.slice(0, MOST_PACKED_BYTES) : source.stream())
  return unwrap(open, newWrapping(), options.inflate, unpackLimitOf(source))
}
