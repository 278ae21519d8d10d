import { formatShare } from '../../../base/share.ts'
import { type FlameSearch } from '../../../queries/flame/flame-search.ts'

/** `3 frames, 12 of 30 holds, 40.0 %`; why a text is no regular expression; nothing while nothing is searched for. */
export function foundWords(found: FlameSearch | undefined): string {
  if (found === undefined) return ''
  const { problem, frames, holds, ofHolds } = found
  if (problem !== '') return problem
  const share = ofHolds === 0 ? '' : `, ${formatShare(holds, ofHolds)}`
  return `${frames} ${frames === 1 ? 'frame' : 'frames'}, ${holds} of ${ofHolds} holds${share}`
}
