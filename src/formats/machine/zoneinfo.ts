import { type LineId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'

const ZONE = /^Node (\d+), zone\s+(\S+)\s*$/
const FIELD = /^\s+(spanned|present|managed|cma|start_pfn:)\s+(\d+)\s*$/
/** Before 4.20 or so the first counter is `pages free` already; a `per-node stats` block came with 4.8. */
const BODY = /^\s+(per-node stats|pages free\s+\d+)/

/** /proc/zoneinfo (mm/vmstat.c zoneinfo_show_print): which PFNs each zone spans. */
export const zoneinfo: TraceFormat = {
  id: 'zoneinfo',
  label: 'zoneinfo',
  sniff: ({ lines }) => lines.some((line) => ZONE.test(line)) && lines.some((line) => BODY.test(line)),
  createReader: (into, problems) => byLine(new ZoneinfoReader(into, problems)),
}

class ZoneinfoReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  #zone: { readonly node: number; readonly name: string; readonly line: LineId } | undefined
  readonly #fields = new Map<string, number>()

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    const zone = ZONE.exec(text)
    const field = FIELD.exec(text)
    if (zone !== null) this.#begin(Number(zone[1]), zone[2], line)
    else if (field !== null && this.#zone !== undefined) this.#fields.set(field[1], Number(field[2]))
    else if (text.trim() === '') return this.#problems.skip('blank')
    else if (/^\s/.test(text)) return this.#problems.skip('counters')
    else return this.#problems.reject('no line of zoneinfo', line, chunk.bytes, start, end)
    this.#problems.parsed++
  }

  end(): void {
    this.#finish()
  }

  #begin(node: number, name: string, line: number): void {
    this.#finish()
    this.#zone = { node, name, line: (this.#into.firstLine + line) as LineId }
  }

  /** An empty zone has no `start_pfn`. */
  #finish(): void {
    const zone = this.#zone
    const startPfn = this.#fields.get('start_pfn:')
    const spanned = this.#fields.get('spanned') ?? 0
    if (zone !== undefined && startPfn !== undefined && spanned > 0) {
      this.#into.machine.zone({
        ...zone,
        startPfn,
        endPfn: startPfn + spanned,
        present: this.#fields.get('present') ?? -1,
        managed: this.#fields.get('managed') ?? -1,
        cma: this.#fields.get('cma') ?? -1,
      })
      this.#problems.records++
    }
    this.#zone = undefined
    this.#fields.clear()
  }
}
