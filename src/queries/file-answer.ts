import { type ArrayPlace, hashName, isTraceFormat, type SourceFile } from '../model/source-file.ts'
import { type Trace } from '../model/trace.ts'
import { formatLabel } from './format-label.ts'
import { type FileAnswer } from './overview.ts'
import { unreadEndNotices } from './unread-end-notices.ts'

const ARRAY_LABELS: Readonly<Record<ArrayPlace['kind'], string>> = {
  flags: 'kpageflags',
  count: 'kpagecount',
  cgroup: 'kpagecgroup',
}

/** The files of a capture, with what its events let doubt. O(events) the first time. */
export function fileAnswers(trace: Trace): readonly FileAnswer[] {
  const unread = unreadEndNotices(trace)
  return trace.files.map((file) => {
    const answer = fileAnswer(file)
    const notice = unread.get(file.index)
    return notice === undefined ? answer : { ...answer, notices: [...answer.notices, notice] }
  })
}

/** One file with what became of its lines. */
export function fileAnswer(file: SourceFile): FileAnswer {
  return {
    index: file.index,
    name: file.name,
    format: file.format,
    formatLabel: file.array === undefined ? formatLabel(file.format) : ARRAY_LABELS[file.array.kind],
    isTrace: isTraceFormat(file.format),
    unit: file.unit,
    sizeBytes: file.sizeBytes,
    textBytes: file.textBytes,
    isCompressed: file.isCompressed,
    hash: file.hash,
    hashName: hashName(file.sizeBytes),
    ledger: file.ledger,
    skippedBy: [...file.skippedBy].map(([why, lines]) => ({ why, lines })),
    problems: file.problems,
    damage: file.damage.map((damage) => damage.message),
    notices: file.notices,
    ...(file.array === undefined ? {} : { array: file.array }),
    ...(file.excerpt === undefined
      ? {}
      : { excerpt: { shown: new Set(file.excerpt.lines).size, total: file.excerpt.total } }),
    records: file.records,
  }
}
