/** `6.12.117-lab` as 6_012: major * 1000 + minor, so that releases compare. Undefined when the text names no release. */
export function releaseNumber(release: string): number | undefined {
  const match = /(\d+)\.(\d+)/.exec(release)
  return match === null ? undefined : Number(match[1]) * 1000 + Number(match[2])
}
