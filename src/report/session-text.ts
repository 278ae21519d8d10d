import { counted } from '../base/counted.ts'
import { type FieldDifference } from '../session/session-difference.ts'
import { plainText } from './plain-text.ts'

/** The conflicts that a merge leaves, a line each: where, which field, who says what. */
export function conflictLines(conflicts: readonly FieldDifference[]): readonly string[] {
  return conflicts.flatMap(({ entry: { subject, about }, field, after }) => {
    const where =
      subject.kind === 'event'
        ? `${about.file ?? 'a file'}:${subject.line}`
        : subject.kind === 'stack'
          ? `stack of ${about.holder ?? subject.stack}`
          : [about.what ?? subject.failure, about.time, about.file].filter((word) => word !== undefined).join(' ')
    const sides = after.conflict.map(({ by, value }) => `${by === '' ? 'no name given' : by}: ${value ?? 'taken away'}`)
    return [plainText(`${where}: ${field}: ${sides.join(' | ')}`)]
  })
}

/** `2 conflicts to settle`; `no conflict`. */
export function conflictSummary(conflicts: readonly FieldDifference[]): string {
  return conflicts.length === 0 ? 'no conflict' : `${counted(conflicts.length, 'conflict')} to settle`
}
