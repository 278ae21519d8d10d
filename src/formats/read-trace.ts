import { fail, ok, type Result } from '../base/result.ts'
import { type SourceFile } from '../model/source-file.ts'
import { type Trace } from '../model/trace.ts'
import { TraceBuilder } from '../model/trace-builder.ts'
import { sha256Of } from './disk-bytes.ts'
import { duplicateFile } from './file-report.ts'
import { cmaPlaceOf } from './machine/cma-path.ts'
import { withMixedClocks } from './mixed-clocks.ts'
import { fileBeingRead, type ReadSoFar, readSoFar } from './onlooker.ts'
import { withBootNotices } from './other-boots.ts'
import { hashPutOff } from './put-off-hash.ts'
import { readFile, type FileTask } from './read-file.ts'
import { type ReadOptions } from './read-options.ts'
import { ReadPace } from './read-pace.ts'
import { RepeatedEvents } from './repeated-events.ts'
import { needlessExcerpt } from './slice/needless-excerpt.ts'
import { emptyExcerpt, excerptFile, leftExcerpt } from './slice/read-excerpt.ts'
import { type Source } from './source.ts'

/** Why nothing could be read, and what was tried for each file. */
export interface ReadFailure {
  readonly message: string
  readonly files: readonly SourceFile[]
}

/** What became of a reading: the capture, or a failure when not one of the files could be read. */
export type ReadOutcome = Result<Trace, ReadFailure>

/**
 * Reads files, in the order given, as one capture. One bad file never fails the others; what is wrong with it is in
 * its `SourceFile`. Streams: memory is bounded by the facts, not by the text. Throws only when aborted.
 */
export async function readTrace(sources: readonly Source[], options: ReadOptions = {}): Promise<ReadOutcome> {
  try {
    return await readAll(sources, options)
  } finally {
    for (const source of sources) await source.letGo?.()
  }
}

async function readAll(sources: readonly Source[], options: ReadOptions): Promise<ReadOutcome> {
  const builder = new TraceBuilder()
  if (options.kpageStarts !== undefined) builder.givenStarts = options.kpageStarts
  const pace = new ReadPace(sources, options, () => builder.eventCount)
  const files: SourceFile[] = []
  const repeats = new RepeatedEvents(builder)
  for (const source of sources) {
    const last = files.at(-1)
    const firstRow = builder.eventCount
    const soFar = (): ReadSoFar => {
      const { index, firstLine } = task
      const begun = [...files, fileBeingRead(source, index, firstLine)]
      return readSoFar(builder, firstRow, begun, sources.length)
    }
    const task: FileTask = {
      source,
      index: files.length,
      firstLine: last === undefined ? 0 : last.firstLine + last.ledger.total,
      builder,
      pace,
      options,
      soFar,
    }
    pace.beginFile(files.length)
    const repeated = repeats.begin()
    files.push((await duplicateOf(task, files, sources)) ?? (await readOne(task, sources)))
    repeated(files)
  }
  pace.end()
  if (files.every((file) => file.format === 'unknown')) return fail({ message: nothingReadable(files), files })
  return ok(withBootNotices(builder.build(withMixedClocks(files, builder.timeStyle))))
}

/** Of a file of a slice, the lines that are there are read, and told under their numbers in the whole file. */
async function readOne(task: FileTask, sources: readonly Source[]): Promise<SourceFile> {
  const { excerpt, name } = task.source
  if (excerpt === undefined) return readFile(task)
  const hash = (source: Source): Promise<string> => sha256Of(source, task.options.createSha256)
  const needless = await needlessExcerpt(task.source, sources, hash)
  task.options.signal?.throwIfAborted()
  if (needless !== '') return leftExcerpt(emptyExcerpt(name, excerpt, task.index, task.firstLine), needless)
  if (excerpt.lines.length === 0) return emptyExcerpt(name, excerpt, task.index, task.firstLine)
  return excerptFile(await readFile(task), excerpt)
}

/** Looks among the files read for one of the same bytes. Hashes ahead only when the size is the same. */
async function duplicateOf(
  task: FileTask,
  files: SourceFile[],
  sources: readonly Source[],
): Promise<SourceFile | undefined> {
  const { source, options, index, firstLine } = task
  if (cmaPlaceOf(source.name) !== undefined) return undefined // two areas may well have the same size
  if (source.excerpt !== undefined) return undefined // some lines of two files may well be the same
  const alike = await alikeFiles(source, files, sources)
  options.signal?.throwIfAborted()
  if (alike.length === 0) return undefined
  const sum = await sha256Of(source, options.createSha256).catch(() => '') // reading will tell why
  options.signal?.throwIfAborted()
  const first = alike.find(({ hash }) => hash.kind === 'known' && hash.sha256 === sum)
  if (first !== undefined) task.pace.count(source.sizeBytes)
  return first && duplicateFile(source, first, index, firstLine)
}

/**
 * The files read that may be the same as this one: those of its size, and, where their hash is put off, of its fingerprint;
 * these are hashed now.
 */
async function alikeFiles(
  source: Source,
  files: SourceFile[],
  sources: readonly Source[],
): Promise<readonly SourceFile[]> {
  const alike: SourceFile[] = []
  for (const [row, file] of files.entries()) {
    if (sources[row].excerpt !== undefined) continue // it has the hash of the whole file, and some lines of it
    if (file.sizeBytes !== source.sizeBytes || file.sizeBytes === 0) continue
    if (file.hash.kind === 'put_off') {
      const fingerprint = await source.fingerprint?.().catch(() => undefined)
      if (fingerprint !== file.hash.fingerprint) continue
      files[row] = { ...file, hash: await hashPutOff(sources[row], file.hash) }
    }
    alike.push(files[row])
  }
  return alike
}

function nothingReadable(files: readonly SourceFile[]): string {
  if (files.length === 0) return 'nothing readable: no file was given'
  const reasons = files.map(
    (file) => `${file.name}: ${[...file.damage.map((d) => d.message), ...file.notices].join('; ')}`,
  )
  return `nothing readable\n${reasons.join('\n')}`
}
