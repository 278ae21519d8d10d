import { type TimeStyle } from '../base/clock.ts'
import { type SourceFile } from '../model/source-file.ts'

/**
 * The files, with a notice on each whose times are of another kind than those of the first file that has those of the
 * capture, `style`: seconds, microseconds since the last reset of a buffer (latency-format) and bare counts lie on one
 * axis, but do not compare.
 */
export function withMixedClocks(files: readonly SourceFile[], style: TimeStyle | undefined): readonly SourceFile[] {
  const unit = style?.unit
  const first = files.find((file) => file.timeStyle?.unit === unit && unit !== undefined)
  return files.map((file) => {
    if (first === undefined || file.timeStyle === undefined || file.timeStyle.unit === unit) return file
    const notice = `times of another kind than in ${first.name}: what happened first cannot be told; read the two apart`
    return { ...file, notices: [...file.notices, notice] }
  })
}
