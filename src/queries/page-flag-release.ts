import { releaseNumber } from '../model/kernel-release.ts'

/** Flags of /proc/kpageflags by their newest name, the name before, and the release that brought the newest (major * 1000 + minor). */
const RENAMED: readonly (readonly [now: string, before: string, since: number])[] = [
  ['owner_2', 'mappedtodisk', 6_012],
  ['offline', 'balloon', 5_001],
]

/** Names of flags, `|` between them, as the kernel of a release calls them; unchanged when the release is not known. */
export function namesInRelease(flags: string, release: string): string {
  const number = releaseNumber(release)
  if (number === undefined) return flags
  const names = flags.split('|')
  return names.map((name) => RENAMED.find(([now, , since]) => now === name && number < since)?.[1] ?? name).join('|')
}
