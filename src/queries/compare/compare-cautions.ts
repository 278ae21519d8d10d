import { counted } from '../../base/counted.ts'
import { formatPfnRange } from '../../base/pfn.ts'
import { formatShare } from '../../base/share.ts'
import { type CompareDigest } from './compare-digest.ts'
import { type CompareGrouping } from './compare-question.ts'
import { type CompareSide, isWatchedBy, watchedSpan } from './compare-side.ts'

/** What makes a comparison weaker, in words; `isBar`: something is not comparable at all. */
export interface CompareCaution {
  readonly isBar: boolean
  readonly text: string
}

type Sides = Readonly<Record<'a' | 'b', CompareSide>>
type Side = keyof Sides

/** Everything that a reader has to know before he believes a difference; what bars a comparison first, then other windows. */
export function compareCautions(
  { side: a }: CompareDigest,
  { side: b }: CompareDigest,
  grouping: CompareGrouping,
): readonly CompareCaution[] {
  const sides: Sides = { a, b }
  const found = [
    ...tracedPages(sides),
    ...noHolds(sides),
    ...stacks(sides, grouping),
    ...clocks(sides),
    ...losses(sides),
    ...kernels(sides),
    ...rules(sides),
    ...eventSets(sides),
    ...spans(sides),
  ]
  return found.toSorted((one, other) => Number(other.isBar) - Number(one.isBar))
}

const NAMES: Readonly<Record<Side, string>> = { a: 'A', b: 'B' }
const SIDES: readonly Side[] = ['a', 'b']

function each(sides: Sides, say: (side: CompareSide, name: string) => CompareCaution | undefined): CompareCaution[] {
  return SIDES.flatMap((side) => say(sides[side], NAMES[side]) ?? [])
}

function bar(text: string): CompareCaution {
  return { isBar: true, text }
}

function caution(text: string): CompareCaution {
  return { isBar: false, text }
}

function noHolds(sides: Sides): readonly CompareCaution[] {
  return each(sides, ({ refEvents }, name) =>
    refEvents === 0 ? bar(`Not comparable: ${name} traced no page_ref events, so it has no holds.`) : undefined,
  )
}

/** Less than this share of events with a stack is said. */
const MOST_STACKS = 0.9

function stacks(sides: Sides, grouping: CompareGrouping): readonly CompareCaution[] {
  return each(sides, ({ refEvents, withStack }, name) => {
    if (refEvents === 0 || withStack >= refEvents * MOST_STACKS) return undefined
    const needsStacks = grouping === 'holder' || grouping === 'stack'
    if (withStack > 0)
      return caution(`Only ${formatShare(withStack, refEvents)} of ${name}'s page_ref events have a stack.`)
    return needsStacks
      ? bar(`Not comparable by ${grouping}: ${name} traced no stacks. Group by task instead.`)
      : caution(`${name} traced no stacks: its references have no class but what the events tell.`)
  })
}

function clocks(sides: Sides): readonly CompareCaution[] {
  return each(sides, ({ hasDurations, clock }, name) =>
    hasDurations
      ? undefined
      : bar(
          `Not comparable: ${name}'s clock (${clock}) counts and tells no time, so nothing is long-term there and no rate is per second.`,
        ),
  )
}

function losses(sides: Sides): readonly CompareCaution[] {
  return each(sides, ({ lost, rejected, events }, name) => {
    const isLost = lost.count > 0 || lost.isAtLeast
    if (!isLost && rejected === 0) return undefined
    const size = `${lost.isAtLeast ? 'at least ' : ''}${counted(lost.count, 'event')}`
    const words = [
      ...(isLost ? [`lost ${size} beside the ${events} it has: what was held there is unknown`] : []),
      ...(rejected > 0 ? [`has ${counted(rejected, 'line')} that could not be read`] : []),
    ]
    return caution(`${name} ${words.join(', and ')}.`)
  })
}

function kernels({ a, b }: Sides): readonly CompareCaution[] {
  const found: CompareCaution[] = []
  if (a.kernel === '' || b.kernel === '') {
    const unknown = SIDES.filter((side) => ({ a, b })[side].kernel === '').map((side) => NAMES[side])
    found.push(caution(`No file tells the kernel of ${unknown.join(' and ')}: whether they are the same is not known.`))
  } else if (a.kernel !== b.kernel) {
    found.push(
      caution(`Different kernels, A ${a.kernel} and B ${b.kernel}: functions may have other names, and stacks differ.`),
    )
  }
  if (a.cmdline !== '' && b.cmdline !== '' && a.cmdline !== b.cmdline)
    found.push(caution(`Booted differently. A: ${a.cmdline}; B: ${b.cmdline}.`))
  if (a.pageblockOrder !== undefined && b.pageblockOrder !== undefined && a.pageblockOrder !== b.pageblockOrder)
    found.push(
      caution(`Pageblocks of order ${a.pageblockOrder} in A and of ${b.pageblockOrder} in B: ranges differ in size.`),
    )
  return [
    ...found,
    ...each({ a, b }, ({ otherKernels }, name) =>
      otherKernels.length === 0 ? undefined : caution(`${name} has files of other boots: ${otherKernels.join(', ')}.`),
    ),
  ]
}

function rules({ a, b }: Sides): readonly CompareCaution[] {
  if (a.rules.hash === b.rules.hash) return []
  return [bar(`Not comparable: references are classed by other rules. A: ${a.rules.words}; B: ${b.rules.words}.`)]
}

const NAMES_SHOWN = 12

/** An event that does not happen is not in a file, traced or not: that is said, and no more. */
function eventSets({ a, b }: Sides): readonly CompareCaution[] {
  const onlyIn = (one: CompareSide, other: CompareSide): readonly string[] =>
    one.eventNames.filter((name) => !other.eventNames.includes(name))
  const say = (names: readonly string[], name: string, other: string): readonly CompareCaution[] => {
    if (names.length === 0) return []
    const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : ''
    const listed = `${names.slice(0, NAMES_SHOWN).join(', ')}${more}`
    return [caution(`Only ${name} has these events; ${other} did not trace them, or they did not happen: ${listed}.`)]
  }
  return [...say(onlyIn(a, b), 'A', 'B'), ...say(onlyIn(b, a), 'B', 'A')]
}

/** Of two windows, what lies outside of one is not seen there, whoever holds it. */
function tracedPages({ a, b }: Sides): readonly CompareCaution[] {
  if (a.pages === 0 || b.pages === 0) return []
  const unseen = [...(isWatchedBy(b, a) ? [] : ['A']), ...(isWatchedBy(a, b) ? [] : ['B'])]
  if (unseen.length === 0) return []
  const spanOf = (side: CompareSide): string => {
    const { startPfn, endPfn } = watchedSpan(side)
    const isNoted = side.windows.length > 0
    return `${formatPfnRange(startPfn, endPfn)} (${isNoted ? 'as a note says; ' : ''}events of ${counted(side.pages, 'page')})`
  }
  const blind = unseen.map((name) => `holders outside ${name}'s window cannot be seen in ${name}`).join(', ')
  return [caution(`A traced pages ${spanOf(a)}, B ${spanOf(b)}: ${blind}. Counts are of different memory.`)]
}

/** A span so much longer than the other is said: rates of a short one say less. */
const LENGTHS = 4

function spans({ a, b }: Sides): readonly CompareCaution[] {
  if (!a.hasDurations || !b.hasDurations) return []
  const longer = Math.max(a.spanNs, b.spanNs)
  const shorter = Math.min(a.spanNs, b.spanNs)
  if (longer < shorter * LENGTHS || shorter === 0) return []
  const name = a.spanNs > b.spanNs ? 'A' : 'B'
  return [
    caution(
      `${name}'s trace is ${Math.floor(longer / shorter)} times as long: compare the rates, and mind that a hold can be long only where the trace is.`,
    ),
  ]
}
