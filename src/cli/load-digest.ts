import { ok, type Result } from '../base/result.ts'
import { type DeriveOptions } from '../derive/derive.ts'
import { type CompareDigest, wholeDigest } from '../queries/compare/compare-digest.ts'
import { type CompareChoice } from '../queries/compare/compare-question.ts'
import { loadCapture } from './load-capture.ts'

/** What comparing needs of a capture: the capture itself is let go of. */
export async function loadDigest(
  paths: readonly string[],
  choice: CompareChoice,
  options: DeriveOptions,
): Promise<Result<CompareDigest, string>> {
  const loaded = await loadCapture(paths, options)
  return loaded.ok ? ok(wholeDigest(loaded.value.trace, loaded.value.derived, choice)) : loaded
}
