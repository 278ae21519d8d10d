import { type PageReport } from './page-report.ts'

/** What `pinscope page --json` prints: answers as they are on screen, without what only a drawing needs. Fields are added, never changed. */
export interface PageJson extends Pick<PageReport, 'lifetime' | 'window' | 'holds' | 'eventCount' | 'events'> {
  readonly schema: 'pinscope.page/1'
  readonly pfn: number
  readonly facts: PageReport['facts']
  readonly failures: PageReport['moments']
  /** Counts after the events of the window; of more than 2000 the extremes of stretches, as `eventsLeftOff` tells. */
  readonly layers: PageReport['timeline']['layers']
  readonly counts: PageReport['timeline']['points']
  readonly eventsLeftOff: number
  readonly contradictions: number
  readonly losses: PageReport['timeline']['losses']
  readonly attempts: PageReport['timeline']['attempts']
  readonly attemptsLeftOff: number
  readonly holdsLeftOff: number
}

/** One page for machines. */
export function pageJson(report: PageReport): PageJson {
  const { facts, lifetime, window, timeline, moments, holds, eventCount, events } = report
  const inWindow = timeline.points.filter(({ ns }) => ns >= window.from.ns).length
  return {
    schema: 'pinscope.page/1',
    pfn: facts.pfn,
    facts,
    lifetime,
    window,
    failures: moments,
    layers: timeline.layers,
    counts: timeline.points,
    eventsLeftOff: timeline.eventsInWindow - inWindow,
    contradictions: timeline.gapsInWindow,
    losses: timeline.losses,
    holds,
    holdsLeftOff: timeline.holdCount - holds.length,
    attempts: timeline.attempts,
    attemptsLeftOff: timeline.attemptCount - timeline.attempts.length,
    eventCount,
    events,
  }
}
