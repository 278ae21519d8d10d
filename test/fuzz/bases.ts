import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { writeRuleFile } from '../../src/derive/attribution/rule-file.ts'
import { chooseRules } from '../../src/derive/attribution/rule-set.ts'
import { writeTraceDat } from '../formats/trace-dat/made-file.ts'
import { STORIES } from '../formats/trace-dat/made-stories.ts'
import { fileOf, type FuzzCase, type FuzzFile, TARGET_NAMES, type TargetName } from './fuzz-case.ts'
import { casesIn, readCase } from './found-cases.ts'
import { EMBEDDED_TEXTS, FILTER_TEXTS, LINK_TEXTS, MESSAGE_TEXTS, RULE_TEXTS } from './base-texts.ts'

/** Where found cases are, among the fixtures. */
const FOUND = 'fuzz'
/** Bytes of a window that is cut out of a longer text. */
const WINDOW_BYTES = 10 << 10
/** A binary or packed file is tried whole: a part of it is nothing. */
const MOST_BINARY_BYTES = 64 << 10
const MOST_PACKED_BYTES = 4 << 20
/** What is packed unpacks to many times as much. */
const MOST_PACKED_AS_IT_IS = 6 << 10

/** Where inputs begin. */
export interface Bases {
  /** What broke a promise once. */
  readonly found: readonly FuzzCase[]
  /** Files of a folder, whole captures, and what the engine itself writes. */
  readonly others: readonly FuzzCase[]
}

/** Where inputs of these targets begin. */
export function basesOf(folders: readonly string[], only: readonly TargetName[] = TARGET_NAMES): Bases {
  const there = folders.filter((folder) => existsSync(folder))
  const asked = (all: readonly FuzzCase[]): readonly FuzzCase[] => all.filter(({ target }) => only.includes(target))
  return { found: asked(there.flatMap(foundIn)), others: asked([...there.flatMap(baseCases), ...madeBases()]) }
}

/**
 * The input with this number where it is one to begin with, as it is: first what was found, one after the other, so that every run
 * tries all of it with its work counted; then every third input, until all of them were tried.
 */
export function baseAt(nth: number, { found, others }: Bases): FuzzCase | undefined {
  if (nth < found.length) return found[nth]
  const behind = nth - found.length
  return behind % 3 === 0 ? others[behind / 3] : undefined
}

function foundIn(folder: string): readonly FuzzCase[] {
  const found = join(folder, FOUND)
  return existsSync(found) ? casesIn(found).map((name) => readCase(join(found, name))) : []
}

function baseCases(folder: string): readonly FuzzCase[] {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const inside = entries.filter((entry) => entry.isDirectory() && entry.name !== FOUND)
  const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name))
  const given = paths.filter((path) => !/README|\.json$|\.diff$|\.html$|truth/.test(path))
  const windows = given.flatMap(windowsOf)
  const isCapture = paths.some((path) => path.endsWith('truth.json'))
  const parent = basename(folder)
  const singles = windows.flatMap((file): readonly FuzzCase[] => {
    const target = parent === 'links' ? 'link' : 'load'
    return [{ target, files: [file] }]
  })
  const captures = isCapture ? captureOf(given) : []
  const sessions = paths.filter((path) => /session.*\.json$/.test(path)).map(sessionBase)
  return [...singles, ...captures, ...sessions, ...inside.flatMap(({ name }) => baseCases(join(folder, name)))]
}

/** The files of a capture together, each cut to its telling end; once read directly, once asked over the bridge. */
function captureOf(paths: readonly string[]): readonly FuzzCase[] {
  const files = paths.flatMap((path) => windowsOf(path).slice(-1))
  return files.length === 0
    ? []
    : [
        { target: 'load', files },
        { target: 'bridge', files },
      ]
}

function sessionBase(path: string): FuzzCase {
  return { target: 'session', files: [{ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }] }
}

/** A file as it is, where it is small; else its beginning, a part of its middle, and its end. */
function windowsOf(path: string): readonly FuzzFile[] {
  if (statSync(path).size > MOST_PACKED_BYTES) return []
  const raw = new Uint8Array(readFileSync(path))
  const name = basename(path)
  const mostBytes = /\.(gz|zst|zip)$/.test(name) ? MOST_PACKED_AS_IT_IS : MOST_BINARY_BYTES
  const asItIs = raw.length <= (name.endsWith('.txt') ? WINDOW_BYTES : mostBytes) ? [{ name, bytes: raw }] : []
  if (name.endsWith('.gz') && !name.endsWith('.tar.gz'))
    return [...asItIs, ...textWindows(name.replace(/\.gz$/, ''), new Uint8Array(gunzipSync(raw)))]
  return asItIs.length > 0 || !name.endsWith('.txt') ? asItIs : textWindows(name, raw)
}

function textWindows(name: string, bytes: Uint8Array<ArrayBuffer>): readonly FuzzFile[] {
  if (bytes.length <= WINDOW_BYTES) return [{ name, bytes }]
  const header = bytes.slice(0, headerEnd(bytes))
  const middle = bytes.length >> 1
  return [0, middle, bytes.length - WINDOW_BYTES].map((from) => {
    const start = from === 0 ? 0 : bytes.lastIndexOf(10, from) + 1
    const window = bytes.slice(start, start + WINDOW_BYTES)
    return { name, bytes: start === 0 ? window : new Uint8Array(Buffer.concat([header, window])) }
  })
}

/** Where the lines that begin with `#` end: a part of a trace is one only behind them. */
function headerEnd(bytes: Uint8Array): number {
  let at = 0
  while (bytes[at] === 0x23) {
    const end = bytes.indexOf(10, at)
    if (end < 0) return at
    at = end + 1
  }
  return at
}

function madeBases(): readonly FuzzCase[] {
  const recordings = Object.values(STORIES).flatMap((story) =>
    ([4, 8] as const).map((longBytes) => {
      const made = story({ isLittle: longBytes === 8, longBytes })
      return {
        name: 'trace.dat',
        bytes: writeTraceDat({
          ...made,
          version: longBytes === 8 ? 7 : 6,
          compression: longBytes === 8 ? 'zlib' : 'none',
        }),
      }
    }),
  )
  const texts: Readonly<Partial<Record<TargetName, readonly string[]>>> = {
    rules: [writeRuleFile(chooseRules({})), ...RULE_TEXTS],
    filter: FILTER_TEXTS,
    link: LINK_TEXTS,
    embedded: [...EMBEDDED_TEXTS, ...MESSAGE_TEXTS],
  }
  return [
    ...recordings.map((file): FuzzCase => ({ target: 'load', files: [file] })),
    ...TARGET_NAMES.flatMap((target) =>
      (texts[target] ?? []).map((text): FuzzCase => ({ target, files: [fileOf(`${target}.txt`, text)] })),
    ),
  ]
}
