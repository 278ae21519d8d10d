/** What Markdown of a bug tracker takes as more than text: emphasis, code, mentions, references, tags, addresses, emoji. */
const RISKY = /[_*`@#<>&|~\\!^$]|www\.|:\/\/|:.*:|\bGH-\d|\.(?:txt|gz|dat)\b/i
/** Of these, what no backslash takes the life of, for a tracker looks at the text that Markdown has made. */
const LIVE = /@|#\d|\$|www\.|:\/\/|\bGH-\d|:[\w+-]+:|\bmailto:/i

/** A word as text; what could be markup in it is code, without the brackets and stops around it. */
export function markdownWord(word: string): string {
  if (word === '<') return '&lt;' // between the frames of a stack
  if (!RISKY.test(word)) return escaped(word)
  const [, before, core, after] = /^([([{]*)(.*?)([)\]},.;:]*)$/s.exec(word) ?? ['', '', word, '']
  return core === '' ? codeSpan(word) : `${escaped(before)}${codeSpan(core)}${escaped(after)}`
}

/** True of a word that a bug tracker makes a mention, a reference, a link, a formula or an emoji of, escaped or not. */
export function isLiveWord(word: string): boolean {
  return LIVE.test(word)
}

/** A code span; its own backticks are fewer than those around it. */
export function codeSpan(word: string): string {
  const mark = '`'.repeat(longestRun(word) + 1)
  const pad = word.startsWith('`') || word.endsWith('`') ? ' ' : ''
  return `${mark}${pad}${word}${pad}${mark}`
}

/** The longest run of backticks. */
export function longestRun(text: string): number {
  return Array.from(text.matchAll(/`+/g)).reduce((most, [run]) => Math.max(most, run.length), 0)
}

function escaped(text: string): string {
  return text.replace(/[[\](){}]/g, String.raw`\$&`)
}
