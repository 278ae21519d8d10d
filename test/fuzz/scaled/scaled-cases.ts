import { gzipSync } from 'node:zlib'
import { fileOf, type FuzzFile } from '../fuzz-case.ts'
import { collidingStacks } from './colliding.ts'

/** Inputs of one kind in any size: reading twice as much must not be much more than twice the work. */
export interface ScaledCase {
  readonly name: string
  /** The smallest size that is tried. */
  readonly size: number
  readonly make: (size: number) => readonly FuzzFile[]
}

/** What made readers slow that nobody had thought of: each is tried in ever greater sizes. */
export const SCALED_CASES: readonly ScaledCase[] = [
  { name: 'a line that does not end', size: 1 << 18, make: (size) => [trace([event(0, `comm=${'x'.repeat(size)}`)])] },
  {
    name: 'a text without a line',
    size: 1 << 18,
    make: (size) => [fileOf('trace.txt', 'page_ref_mod: '.repeat(size / 14))],
  },
  { name: 'tiny stacks, all of them different', size: 1600, make: tinyStacks },
  { name: 'stacks with one hash', size: 1200, make: stacksOfOneHash },
  { name: 'pages with one hash', size: 2000, make: pagesOfOneHash },
  { name: 'a stack that does not end', size: 4000, make: (size) => [trace([event(0), head(0), ...frames(size)])] },
  { name: 'a page whose references are all open', size: 1000, make: (size) => [trace(times(size, (at) => event(at)))] },
  { name: 'a page that is got and put by all', size: 1000, make: (size) => [trace(times(size, getOrPut))] },
  {
    name: 'tasks without end',
    size: 1500,
    make: (size) => [trace(times(size, (at) => event(at, undefined, `t${at}`)))],
  },
  { name: 'events of names without end', size: 1500, make: (size) => [trace(times(size, otherEvent))] },
  { name: 'losses without end', size: 1500, make: (size) => [trace(times(size, loss))] },
  { name: 'failed ranges in a trace', size: 150, make: (size) => [trace(times(size, failure))] },
  { name: 'failed ranges in a log', size: 150, make: (size) => [fileOf('dmesg.txt', lines(times(size, busy)))] },
  { name: 'holds of one task without stacks', size: 500, make: stacklessHolds },
  {
    name: 'page_owner records of one page',
    size: 800,
    make: (size) => [fileOf('page_owner.txt', lines(times(size, owner)))],
  },
  {
    name: 'lines that cannot be read',
    size: 3000,
    make: (size) => [trace(times(size, (at) => `${event(at).slice(0, 60)}${at} = `))],
  },
  { name: 'quoted mails in mails', size: 1500, make: (size) => [fileOf('mail.txt', lines(times(size, quoted)))] },
  { name: 'blanks', size: 1 << 17, make: (size) => [trace([' '.repeat(size), event(0), '\t'.repeat(size)])] },
  {
    name: 'brackets',
    size: 1 << 15,
    make: (size) => [trace([event(0), `${'a-1 [000] '.repeat(size / 10)}: x:`, event(1)])],
  },
  { name: 'a packed array of pages', size: 1 << 18, make: (size) => [damagedGzip('kpagecount.bin', oneOfEach(size))] },
  {
    name: 'a packed trace that repeats itself',
    size: 1000,
    make: (size) => [damagedGzip('trace.txt', trace(times(size, (at) => event(at % 9))).bytes)],
  },
]

/** The kinds whose names have one of the words in them; all kinds where there are none. */
export function scaledCases(words?: readonly string[]): readonly ScaledCase[] {
  return words === undefined
    ? SCALED_CASES
    : SCALED_CASES.filter(({ name }) => words.some((word) => name.includes(word)))
}

/** Packed a thousand times smaller, and with a checksum that is wrong: it is read up to its end, and unpacked again. */
function damagedGzip(name: string, text: Uint8Array): FuzzFile {
  const bytes = new Uint8Array(gzipSync(text))
  bytes[bytes.length - 8] ^= 1
  return { name: `${name}.gz`, bytes }
}

/** So many bytes of 64-bit numbers, each 1, as kpagecount has them. */
function oneOfEach(size: number): Uint8Array {
  return new Uint8Array(size).map((_, at) => Number(at % 8 === 0))
}

function times(size: number, make: (at: number) => string): readonly string[] {
  return Array.from({ length: size }, (_, at) => make(at))
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}

function trace(all: readonly string[]): FuzzFile {
  return fileOf('trace.txt', lines(['# tracer: nop', '#', ...all]))
}

function columns(at: number, comm = 'app'): string {
  return `${comm}-${7 + (at % 9)} [00${at % 4}] ..... ${(1000 + at * 0.00001).toFixed(6)}:`
}

const FLAGS = 'flags=uptodate|lru'

function event(at: number, more = 'mt=4 val=1', comm?: string, pfn = '0x100'): string {
  return `${columns(at, comm)} page_ref_mod: pfn=${pfn} ${FLAGS} count=${at + 2} mapcount=0 mapping=0000000000000000 ${more}`
}

function getOrPut(at: number): string {
  const page = `pfn=0x100 ${FLAGS} count=${2 - (at % 2)} mapcount=0 mapping=0000000000000000 mt=4`
  return at % 2 === 0
    ? `${columns(at)} page_ref_mod: ${page} val=1`
    : `${columns(at)} page_ref_mod_and_test: ${page} val=-1 ret=0`
}

function head(at: number): string {
  return `${columns(at)} <stack trace>`
}

function frames(count: number): readonly string[] {
  return times(count, (at) => ` => function_${at % 50}`)
}

function tinyStacks(size: number): readonly FuzzFile[] {
  return [trace(Array.from({ length: size }, (_, at) => [event(at), head(at), ` => f${at}`]).flat())]
}

/** The first stack has all frames, in the order in which they get their numbers. */
function stacksOfOneHash(size: number): readonly FuzzFile[] {
  const frameCount = 2048
  const all = collidingStacks(size, frameCount).map((stack) => stack.map((frame) => ` => f${frame}`))
  const first = times(frameCount, (frame) => ` => f${frame}`)
  const told = [first, ...all].flatMap((stack, at) => [event(at), head(at), ...stack])
  return [trace(told)]
}

/** The halves of a number were xored, once: these fall into one slot. */
function pagesOfOneHash(size: number): readonly FuzzFile[] {
  const pfn = (at: number): string => `0x${at.toString(16)}${(at ^ 0x1234).toString(16).padStart(8, '0')}`
  return [trace(times(size, (at) => event(at, undefined, undefined, pfn(at + 1))))]
}

function otherEvent(at: number): string {
  return `${columns(at)} event_${at}: field_${at}=${at}`
}

function loss(at: number): string {
  return at % 2 === 0 ? event(at) : `CPU:${at % 4} [LOST ${at} EVENTS]`
}

function failure(at: number): string {
  const from = 0x1000 + at * 512
  const page = `0x${from.toString(16)}`
  return lines([
    event(at * 10, undefined, undefined, page),
    `${columns(at * 10 + 1)} test_pages_isolated: start_pfn=${page} end_pfn=0x${(from + 512).toString(16)} fin_pfn=${page} ret=fail`,
  ]).trimEnd()
}

/** Half of the gets of one task have stacks; the pages of the others are those that a range failed for. */
function stacklessHolds(size: number): readonly FuzzFile[] {
  const get = (at: number, pfn: number): string =>
    `app-7 [000] ..... ${(1000 + at * 0.00001).toFixed(6)}: page_ref_mod: pfn=0x${pfn.toString(16)} ${FLAGS} count=2 mapcount=0 mapping=0000000000000000 mt=4 val=1`
  const gets = Array.from({ length: size }, (_, at) => [
    get(at * 2, 0x800000 + at),
    `app-7 [000] ..... ${(1000 + at * 0.00002).toFixed(6)}: <stack trace>`,
    ' => grab',
    get(at * 2 + 1, 0x1000 + at),
  ])
  const [start, end] = [0x1000, 0x1000 + Math.ceil(size / 512) * 512].map((pfn) => `0x${pfn.toString(16)}`)
  const told = `test_pages_isolated: start_pfn=${start} end_pfn=${end} fin_pfn=${start} ret=fail`
  return [trace([...gets.flat(), `${columns(size * 2)} ${told}`])]
}

function busy(at: number): string {
  const from = 0x1000 + at * 512
  return `[${(10 + at * 0.01).toFixed(6)}] alloc_contig_range: [${from.toString(16)}, ${(from + 512).toString(16)}) PFNs busy`
}

function owner(at: number): string {
  return lines([
    `Page allocated via order 0, mask 0x100cca(GFP_HIGHUSER_MOVABLE), pid 7, tgid 7 (app), ts ${1000 + at} ns`,
    'PFN 0x100 type Movable Block 0 type Movable Flags 0x1(locked)',
    ' post_alloc_hook+0x10/0x20',
    ` f${at}+0x10/0x20`,
    '',
  ])
}

function quoted(at: number): string {
  return `${'> '.repeat(at % 40)}On Monday somebody wrote: ${event(at)}`
}
