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
import { readFile, type FileTask } from './read-file.ts'
import { type ReadOptions } from './read-options.ts'
import { ReadPace } from './read-pace.ts'
import { RepeatedEvents } from './repeated-events.ts'
import { SameBytes } from './same-bytes.ts'
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
  const same = new SameBytes(files, sources)
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
    files.push((await duplicateOf(task, same)) ?? (await readOne(task, sources)))
    same.note(task.index)
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
async function duplicateOf(task: FileTask, same: SameBytes): Promise<SourceFile | undefined> {
  const { source, options, index, firstLine } = task
  if (cmaPlaceOf(source.name) !== undefined) return undefined // two areas may well have the same size
  if (source.excerpt !== undefined) return undefined // some lines of two files may well be the same
  const hasAlike = await same.hasAlike(source)
  options.signal?.throwIfAborted()
  if (!hasAlike) return undefined
  const sum = await sha256Of(source, options.createSha256).catch(() => '') // reading will tell why
  options.signal?.throwIfAborted()
  const first = same.find(source.sizeBytes, sum)
  if (first !== undefined) task.pace.count(source.sizeBytes)
  return first && duplicateFile(source, first, index, firstLine)
}

function nothingReadable(files: readonly SourceFile[]): string {
  if (files.length === 0) return 'nothing readable: no file was given'
  const reasons = files.map(
    (file) => `${file.name}: ${[...file.damage.map((d) => d.message), ...file.notices].join('; ')}`,
  )
  return `nothing readable\n${reasons.join('\n')}`
}
