import { type OverviewAnswer } from '../queries/overview.ts'
import { problemOf } from './bridge-problem.ts'
import { type LoadResult } from './protocol.ts'

type Files = OverviewAnswer['files']

/** True when what was loaded again is what was loaded before, as far as that is known: by content, else by samples. */
export function sameAgain(before: Files, now: Files): boolean {
  return before.length === now.length && before.every((file, row) => isSame(file, now[row]))
}

/** A load that is given up because files are not what they were: says which, and what to do. */
export function changedFiles(before: Files, now: Files): LoadResult {
  const others = before.filter((file, row) => now.at(row) === undefined || !isSame(file, now[row]))
  const names = (others.length === 0 ? now : others).map(({ name }) => name).join(', ')
  const message = `What was open cannot be read again as it was: ${names} changed since, or cannot be read any more. Open the files anew.`
  return { ok: false, problem: problemOf('files_changed', message), files: [] }
}

function isSame(before: Files[number], now: Files[number]): boolean {
  if (before.name !== now.name || before.format !== now.format || before.sizeBytes !== now.sizeBytes) return false
  if (before.damage.length !== now.damage.length) return false
  const [one, other] = [before.hash, now.hash]
  if (one.kind === 'known' && other.kind === 'known') return one.sha256 === other.sha256
  const [sample, otherSample] = [one.fingerprint, other.fingerprint]
  return sample === undefined || otherSample === undefined || sample === otherSample
}
