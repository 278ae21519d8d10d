import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { counted } from '../../base/counted.ts'
import { fail, ok } from '../../base/result.ts'
import { timeAnswer, traceSpan } from '../../queries/time-answer.ts'
import { plainText } from '../../report/plain-text.ts'
import { fileErrorText } from '../file-error.ts'
import { type LoadedCapture, type LoadOptions, loadSources } from '../load-capture.ts'
import { FOUND, type Output } from '../output.ts'
import { sayOnTerminal } from '../say-on-terminal.ts'
import { untilStopped } from '../until-stopped.ts'
import { GrowingFile } from './growing-file.ts'
import { isConsumed, type PipeSpool, spoolPipe } from './pipe-spool.ts'

/** What is watched, and what is said of it. */
export interface Watching {
  readonly path: string
  readonly options: LoadOptions
  /** Ends with what a check finds, at the first failed range. */
  readonly untilFailure: boolean
  /** What is printed of the capture as it is now, and what of it is worth printing anew when it differs. */
  readonly tell: (loaded: LoadedCapture) => Promise<{ readonly key: string; readonly text: string }>
  /** Only what `tell` says is printed: an object a line. */
  readonly isBare: boolean
  readonly print: (text: string) => void
  /** Time between two looks; a second when absent. */
  readonly lookMs?: number
  /** Ends the watching; Ctrl+C when absent. */
  readonly stopped?: Promise<void>
}

const LOOK_MS = 1000
/** Of its time, reading takes one part in so many at most: all of the file is read each time. */
const REST = 9

/** Watches one file, or a pipe, until it is stopped, the pipe ends, or a range fails. */
export async function watchCapture(watching: Watching): Promise<Output> {
  const { path, stopped = untilStopped() } = watching
  const isPipe = await isConsumed(path).catch((error: unknown) => fileErrorText(error))
  if (typeof isPipe === 'string') return fail(`${path}: ${isPipe}`)
  const spool = isPipe ? await spoolPipe(path) : undefined
  try {
    return await lookUntil(watching, stopped, spool)
  } finally {
    await spool?.close()
  }
}

async function lookUntil(watching: Watching, stopped: Promise<void>, spool: PipeSpool | undefined): Promise<Output> {
  const { path, options, untilFailure, print, isBare, lookMs = LOOK_MS } = watching
  const file = new GrowingFile(spool?.path ?? path, basename(path))
  const end = new AbortController()
  void stopped.then(() => end.abort())
  let last: string | undefined
  let isGone = false
  while (!end.signal.aborted) {
    const isOver = spool?.hasEnded() === true
    const begun = performance.now()
    const grown = await file.look()
    if (grown.kind === 'binary') return fail(`${path}: only text can be watched, as trace_pipe gives it`)
    if (grown.kind === 'gone' && !isGone) sayOnTerminal(`${path} is not there: waiting for it`)
    isGone = grown.kind === 'gone'
    if (grown.kind === 'grown') {
      if (grown.isOther) {
        if (!isBare) print(`── ${plainText(basename(path))} was cut or replaced: begun anew\n`)
        last = undefined
      }
      const loaded = await loadSources([grown.source], options)
      if (!loaded.ok) sayOnTerminal(`nothing to tell yet: ${loaded.error}`)
      else {
        const { key, text } = await watching.tell(loaded.value)
        if (key !== last) print(isBare ? text : `${headOf(loaded.value)}\n${text}\n`)
        last = key
        if (untilFailure && loaded.value.derived.findings.length > 0) return ok({ text: '', code: FOUND })
      }
    }
    if (isOver && grown.kind === 'same') break
    const pause = Math.max(lookMs, (performance.now() - begun) * REST)
    await sleep(isOver ? 0 : pause, undefined, { signal: end.signal }).catch(() => undefined)
  }
  return ok('')
}

/** `── 41.234567: 2 failed ranges, 81234 events`: the time of the last event, as the file prints it. */
function headOf({ trace, derived }: LoadedCapture): string {
  const { events } = trace
  const time = events.length === 0 ? 'no event yet' : timeAnswer(trace, traceSpan(trace).to).text
  return `── ${time}: ${counted(derived.findings.length, 'failed range')}, ${counted(events.length, 'event')}`
}
