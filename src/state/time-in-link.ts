import { absoluteNs, type Clock, type TimeNs } from '../base/clock.ts'

/** A time as a link holds it: absolute, so that it survives re-reading with other companion files. */
export function timeToLink(time: number, clock: Clock): string {
  return absoluteNs(time, clock)
}

/** The inverse of `timeToLink`; `undefined` for `undefined`. */
export function timeFromLink(text: string | undefined, clock: Clock): TimeNs | undefined {
  if (text === undefined) return undefined
  return Number(BigInt(text) - BigInt(clock.originNs)) as TimeNs // an integer relative to the origin is what TimeNs is
}
