import { linearPattern } from '../../base/linear-pattern.ts'

const LONGEST_PATTERN = 300

/** What is wrong with a pattern of a rule; undefined when nothing is. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `a pattern has at most ${LONGEST_PATTERN} characters`
  try {
    RegExp(pattern) // by itself, for a parenthesis too many would close that of the whole
    const fits = linearPattern(`^(?:${pattern})$`, '')
    if (repeatsRepetition(pattern)) return REPEATED
    if (!fits.ok) return fits.error
    return fits.value.test('') ? 'this pattern fits a frame without a name' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'no regular expression'
  }
}

const REPEATED =
  'a repeated group must not hold a repetition or a choice, as in (a+)+ or (a|a)+: looking for it could take for ever'

/**
 * True for `(a+)+`, `(a|a)+` and their like, which try exponentially many ways before they give up on a name that does
 * not fit.
 */
function repeatsRepetition(pattern: string): boolean {
  // Escapes and character sets hold no groups and no repetitions.
  const bare = pattern.replace(/\\./g, 'x').replace(/\[(?:[^\]])*\]/g, 'x')
  const groups: boolean[] = [false]
  for (let at = 0; at < bare.length; at++) {
    const isRepeated = REPETITION.test(bare.slice(at + 1))
    if (bare[at] === '(') groups.push(false)
    else if (bare[at] === '|') groups[groups.length - 1] = true
    else if (bare[at] === ')') {
      const holdsRepetition = groups.pop() ?? false
      if (holdsRepetition && isRepeated) return true
      groups[groups.length - 1] ||= holdsRepetition || isRepeated
    } else if (isRepeated) groups[groups.length - 1] = true
  }
  return false
}

/** More than once, without a bound or with a large one. */
const REPETITION = /^(?:[*+]|\{\d+,\}|\{\d*,?\d{2,}\})/
