/** `6.12.117-lab` as a number that compares; undefined when it is no release. */
export function releaseOf(release: string): number | undefined {
  const match = /^(\d+)\.(\d+)/.exec(release)
  return match === null ? undefined : releaseNumber(Number(match[1]), Number(match[2]))
}

/** A release as `releaseOf` gives it. */
export function releaseNumber(major: number, minor: number): number {
  return major * 1000 + minor
}

/** Flags of /proc/kpageflags by their newest name, the name before, and the release that brought the newest. */
const RENAMED: readonly (readonly [now: string, before: string, since: number])[] = [
  ['owner_2', 'mappedtodisk', releaseNumber(6, 12)],
  ['offline', 'balloon', releaseNumber(5, 1)],
]

/** Names of flags, `|` between them, as the kernel of a release calls them; unchanged when the release is not known. */
export function namesInRelease(flags: string, release: string): string {
  const number = releaseOf(release)
  if (number === undefined) return flags
  const names = flags.split('|')
  return names.map((name) => RENAMED.find(([now, , since]) => now === name && number < since)?.[1] ?? name).join('|')
}
