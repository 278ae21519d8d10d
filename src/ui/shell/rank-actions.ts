import { type Shortcut } from './shortcut.ts'

/**
 * Actions that a text may mean, the likeliest first: those that have it as it was typed, then words that begin so before
 * words that have it, these before letters in order. Among equals the ones taken lately come first. An empty text is every action, those taken lately first.
 */
export function rankActions<Action extends Pick<Shortcut, 'id' | 'label' | 'where'>>(
  actions: readonly Action[],
  text: string,
  recent: readonly string[],
): readonly Action[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const ageOf = (id: string): number => {
    const at = recent.indexOf(id)
    return at < 0 ? recent.length : at
  }
  return actions
    .map((action, at) => ({ action, at, score: scoreOf(`${action.label} ${action.where ?? ''}`.toLowerCase(), words) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || ageOf(a.action.id) - ageOf(b.action.id) || a.at - b.at)
    .map(({ action }) => action)
}

/** More than a word can count. */
const AS_TYPED = 6

/** How well a label has all the words; nothing when it lacks one. */
function scoreOf(label: string, words: readonly string[]): number | undefined {
  const scores = words.map((word) => wordScore(label, word))
  const asTyped = words.length > 1 && label.includes(words.join(' ')) ? AS_TYPED : 0
  return scores.includes(0) ? undefined : scores.reduce((sum, score) => sum + score, asTyped)
}

/** 5 the label begins so, 4 one of its words does, 3 it has it, 2 the words' first letters are it, 1 the letters in order. */
function wordScore(label: string, word: string): number {
  if (label.startsWith(word)) return 5
  if (label.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 4
  if (label.includes(word)) return 3
  const initials = label.split(/[^\p{L}\p{N}]+/u).map((part) => part.charAt(0))
  if (initials.join('').includes(word)) return 2
  return hasLetters(label, word) ? 1 : 0
}

function hasLetters(label: string, word: string): boolean {
  let at = 0
  for (const letter of label) if (letter === word[at]) at++
  return at >= word.length
}
