import { type Digest } from './digest.ts'

/** Lines shown before and behind the first that differs. */
const AROUND = 4
const MOST_SHOWN = 300

/** The first part that differs, or that one of them lacks; undefined when all are equal. */
export function differingPart(one: Digest, other: Digest): string | undefined {
  const count = Math.max(one.parts.length, other.parts.length)
  for (let at = 0; at < count; at++) {
    const [mine, its] = [one.parts.at(at), other.parts.at(at)]
    if (mine?.name !== its?.name || mine?.sha256 !== its?.sha256) return mine?.name ?? its?.name
  }
  return undefined
}

/** Of two parts told in full: the first line that differs, with those around it and the place in a file that it speaks of. */
export function firstDifference(one: readonly string[], other: readonly string[]): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const shown = (lines: readonly string[]): string => {
    return lines
      .slice(Math.max(0, at - AROUND), at + AROUND)
      .map((line) => `    ${line.slice(0, MOST_SHOWN)}`)
      .join('\n')
  }
  const place = placeBefore(one, at)
  return `line ${at + 1}${place === '' ? '' : `, about ${place}`}\n  in one piece:\n${shown(one)}\n  here:\n${shown(other)}`
}

/** The last place in a file that is named before a line of an answer. */
function placeBefore(lines: readonly string[], end: number): string {
  let line = ''
  for (let at = Math.min(end, lines.length - 1); at >= 0; at--) {
    const found = /^ *"(line|file|fileName)": "?([^",]+)"?,?$/.exec(lines[at])
    if (found?.[1] === 'line') line = found[2]
    else if (found !== null && line !== '' && !/^\d+$/.test(found[2])) return `${found[2]}:${line}`
  }
  return ''
}
