/** A line of ftrace text that begins an entry, with what the lines below it need. */
interface Entry {
  readonly lines: string[]
  readonly isRefEvent: boolean
  readonly isStack: boolean
  readonly cpu: string
  readonly time: number
}

const HEAD = /^\s*\S.*?-\d+\s.*?(?:\[(\d+)\]|\s(\d+)[.\w]{4,6})\s.*?(\d+(?:\.\d+)?)(?:us)?[+!#*@$]?\s*:\s/
const REF_EVENT = /(?:page|folio)_ref_\w+:/
const STACK = /<stack trace|kernel_stack:/

/** What part of a trace's events is lost, and how. All of it is decided by `random`. */
export interface TextDamage {
  /** Fraction of page_ref events that vanish with their stacks. */
  readonly dropEvents?: number
  /** Fraction of the stacks of page_ref events that vanish. */
  readonly dropStacks?: number
  /** Entries at this time or before, in the file's own unit, vanish. */
  readonly cutUntil?: number
}

/**
 * Ftrace text as it would be had some of it been lost: whole entries vanish, header lines and lost-events markers stay.
 * A stack entry belongs to the last event of its CPU; frames right below an event are its own.
 */
export function damageText(text: string, damage: TextDamage, random: () => number): string {
  const { dropEvents = 0, dropStacks = 0, cutUntil = Number.NEGATIVE_INFINITY } = damage
  const isStackGone = new Map<string, boolean>()
  const kept: string[] = []
  for (const entry of entriesOf(text)) {
    const isEventGone = entry.isRefEvent && random() < dropEvents
    if (!entry.isStack) isStackGone.set(entry.cpu, isEventGone || (entry.isRefEvent && random() < dropStacks))
    const isWithoutStack = isStackGone.get(entry.cpu) === true
    if (isEventGone || entry.time <= cutUntil || (entry.isStack && isWithoutStack)) continue
    for (const line of isWithoutStack ? entry.lines.slice(0, 1) : entry.lines) kept.push(line)
  }
  return kept.join('\n')
}

/** Entries in file order; a line that begins none belongs to the entry before it. */
function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = []
  for (const line of text.split('\n')) {
    const last = entries.at(-1)
    if (/^(?:\s?=> |\t)/.test(line)) last?.lines.push(line)
    else entries.push(entryOf(line))
  }
  return entries
}

function entryOf(line: string): Entry {
  const match = HEAD.exec(line)
  const [, bracketed, plain, time] = match ?? []
  return {
    lines: [line],
    isRefEvent: match !== null && REF_EVENT.test(line),
    isStack: match !== null && STACK.test(line),
    cpu: bracketed ?? plain ?? '',
    time: time === undefined ? Number.POSITIVE_INFINITY : Number(time),
  }
}
