import { describe, expect, test } from 'vitest'
import { type LifetimeAnswer, type PageFactsAnswer } from '../../../src/queries/page-facts.ts'
import { chooseLifetime, lifetimeAt } from '../../../src/ui/timeline/lifetime-choice.ts'

function time(ns: number) {
  return { ns, text: String(ns) }
}

function life(number: number, from: number, to: number, events: number): LifetimeAnswer {
  return {
    number,
    from: time(from),
    to: time(to),
    startsWithTrace: false,
    endsWithTrace: false,
    events,
    hasLoss: false,
  }
}

const lifetimes = [life(1, 0, 10, 3), life(2, 20, 30, 9), life(3, 40, 50, 5)]
const calm = { lifetimes, failures: [] }

function failure(id: string, ns: number | undefined, isBlocking = true): PageFactsAnswer['failures'][number] {
  return { id, isBlocking, label: 'cma failed', ...(ns === undefined ? {} : { time: time(ns) }) }
}

describe('the lifetime shown', () => {
  test('is the one that the link asks for, also the whole trace', () => {
    expect(chooseLifetime(calm, 3, 25, undefined)).toBe(3)
    expect(chooseLifetime(calm, 0, 25, undefined)).toBe(0)
  })

  test('is that of the selected event before that of a failure', () => {
    const facts = { lifetimes, failures: [failure('a', 5)] }
    expect(chooseLifetime(facts, undefined, 45, 'a')).toBe(3)
  })

  test('is that of the selected failure, else of the first that the page blocked', () => {
    const facts = { lifetimes, failures: [failure('passed', 25, false), failure('a', 5), failure('b', 45)] }
    expect(chooseLifetime(facts, undefined, undefined, 'b')).toBe(3)
    expect(chooseLifetime(facts, undefined, undefined, undefined)).toBe(1)
  })

  test('is the one with most events when nothing points to a moment', () => {
    expect(chooseLifetime(calm, undefined, undefined, undefined)).toBe(2)
    expect(chooseLifetime({ lifetimes, failures: [failure('a', undefined)] }, undefined, undefined, 'a')).toBe(2)
    expect(chooseLifetime(calm, 7, 15, undefined)).toBe(2) // no seventh, and 15 lies between two
  })

  test('is none when the page has none', () => {
    expect(chooseLifetime({ lifetimes: [], failures: [] }, undefined, 5, undefined)).toBe(0)
  })
})

test('a lifetime holds its first and its last moment', () => {
  expect([0, 10, 11, 20].map((ns) => lifetimeAt(lifetimes, ns))).toEqual([1, 1, undefined, 2])
})
