import { ATTEMPT_GLYPHS, type ChartAttempt, countWords } from './chart-attempt.ts'
import { PLOT_INSETS, type Scale } from './chart-scale.ts'

/** Attempts of one task that are drawn as one bar. */
export interface AttemptCluster {
  readonly leftPx: number
  readonly rightPx: number
  /** In order of start, at least one. */
  readonly attempts: readonly ChartAttempt[]
  /** One glyph for each end that occurs. */
  readonly glyphs: string
}

/** The bars of one task, and where its name stands. */
export interface AttemptLane {
  readonly task: string
  readonly clusters: readonly AttemptCluster[]
  readonly label: string
  readonly labelStyle: { readonly left: number }
}

const CHAR_PX = 7.2
/** Room for a glyph: a bar is never narrower, px. */
const NARROWEST_PX = 16
const LABEL_GAP_PX = 8

/** Bars within the plot, those of a task that would lie over each other merged. Attempts are in order of start. */
export function clusterAttempts(attempts: readonly ChartAttempt[], scale: Scale): readonly AttemptCluster[] {
  const open: { leftPx: number; rightPx: number; attempts: ChartAttempt[] }[] = []
  const lastOf = new Map<string, (typeof open)[number]>()
  for (const attempt of attempts) {
    const leftPx = Math.max(PLOT_INSETS.left, scale.toPx(attempt.fromNs))
    const rightPx = Math.max(leftPx + NARROWEST_PX, scale.toPx(attempt.toNs))
    const before = lastOf.get(attempt.task)
    if (before !== undefined && leftPx < before.rightPx) {
      before.rightPx = Math.max(rightPx, before.rightPx)
      before.attempts.push(attempt)
    } else {
      const begun = { leftPx, rightPx, attempts: [attempt] }
      lastOf.set(attempt.task, begun)
      open.push(begun)
    }
  }
  return open.map((cluster) => ({ ...cluster, glyphs: glyphsOf(cluster.attempts) }))
}

function glyphsOf(attempts: readonly ChartAttempt[]): string {
  return [...new Set(attempts.map(({ end }) => ATTEMPT_GLYPHS[end]))].join('')
}

/**
 * One lane a task, in order of first attempt; its name right of its last bar where there is room,
 * else left of its first, else between two.
 */
export function layLanes(clusters: readonly AttemptCluster[], plotRightPx: number): readonly AttemptLane[] {
  const tasks = [...new Set(clusters.map(({ attempts }) => attempts[0].task))]
  return tasks.map((task) => {
    const own = clusters.filter(({ attempts }) => attempts[0].task === task).map((one) => within(one, plotRightPx))
    const label = `${task}  ${countWords(own.flatMap(({ attempts }) => attempts))}`
    const needsPx = label.length * CHAR_PX + 2 * LABEL_GAP_PX
    const left = [own[own.length - 1].rightPx, own[0].leftPx - needsPx, widestGap(own).px].find((px) =>
      isFree(own, px, needsPx, plotRightPx),
    )
    // Without room it is left to the tooltip: a name over bars could not be read.
    return {
      task,
      clusters: own,
      label: left === undefined ? '' : label,
      labelStyle: { left: (left ?? 0) + LABEL_GAP_PX },
    }
  })
}

/** No bar beyond the plot. */
function within(cluster: AttemptCluster, plotRightPx: number): AttemptCluster {
  const leftPx = Math.min(cluster.leftPx, plotRightPx - NARROWEST_PX)
  return { ...cluster, leftPx, rightPx: Math.max(leftPx + NARROWEST_PX, Math.min(cluster.rightPx, plotRightPx)) }
}

/** Where the most room is between two bars. */
function widestGap(clusters: readonly AttemptCluster[]): { readonly px: number; readonly room: number } {
  let best = { px: clusters[0].rightPx, room: 0 }
  for (let at = 1; at < clusters.length; at++) {
    const room = clusters[at].leftPx - clusters[at - 1].rightPx
    if (room > best.room) best = { px: clusters[at - 1].rightPx, room }
  }
  return best
}

/** True when a text from `px` on lies in the plot and over no bar. */
function isFree(clusters: readonly AttemptCluster[], px: number, needsPx: number, plotRightPx: number): boolean {
  if (px < PLOT_INSETS.left || px + needsPx > plotRightPx) return false
  return clusters.every(({ leftPx, rightPx }) => rightPx <= px || leftPx >= px + needsPx)
}
