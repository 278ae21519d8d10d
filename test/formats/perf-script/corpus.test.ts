import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { perfScript } from '../../../src/formats/perf-script/perf-script.ts'
import { rowsOf } from '../../../src/base/group-index.ts'
import { isRefKind } from '../../../src/model/event-kind.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { countLines, traceFromBytes } from '../../support/trace-from-text.ts'

/** One run seen by perf and by ftrace at once; absent elsewhere. */
const FOLDER = new URL('../../../../shared/corpus/leaky-perf/', import.meta.url)
const LEAKED = 0x5f4e1

describe.skipIf(!existsSync(FOLDER))('a real capture (skipped when ../shared/corpus is absent)', () => {
  const bytes = existsSync(FOLDER) ? unpacked('perf-script.txt.gz') : new Uint8Array(0)
  const trace = traceFromBytes(bytes, perfScript)

  test('is read whole, every sample with its call chain', () => {
    const [{ ledger }] = trace.files
    expect(ledger.rejected).toBe(0)
    expect(ledger.parsed + ledger.skipped).toBe(countLines(bytes))
    expect(trace.events.length).toBe(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/^\S.*\d: +\w+:\w+: /gm)?.length,
    )
    for (let row = 0; row < trace.events.length; row++) expect(trace.events.stack[row]).toBeGreaterThanOrEqual(0)
  })

  test('tells of a page what ftrace tells of it', () => {
    const told = story(trace, LEAKED)
    expect(told.length).toBeGreaterThan(5)
    expect(story(traceFromBytes(unpacked('trace.txt.gz')), LEAKED).slice(0, told.length)).toEqual(told)
  })

  test('names the holder by itself, and its module', () => {
    const { findings } = derive(trace)
    expect(findings.map(({ range }) => range.namedPfns)).toEqual([[LEAKED]])
    expect(findings[0].pages[0].culprits[0]).toMatchObject({ comm: 'nvdec', pid: 77, module: 'leaky', kind: 'leak' })
  })
})

function unpacked(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(name, FOLDER))))
}

/** What was done to a page, by whom, without times: the two tools have clocks of their own. */
function story(trace: Trace, pfn: number): readonly string[] {
  const { events, shapes, strings, contexts, tasks } = trace
  const rows = rowsOf(trace.indexes.byPage, trace.pages.find(pfn))
  return Array.from({ length: rows.length }, (_, at) => rows[at])
    .filter((row) => isRefKind(events.kind[row]))
    .map((row) => {
      const shape = events.shape[row]
      const context = events.context[row]
      const who = `${tasks.pid[contexts.task[context]]}@${contexts.cpu[context]}`
      return `${strings.text(shapes.name[shape])} val=${shapes.val[shape]} ret=${shapes.ret[shape]} count=${events.count[row]} mapcount=${shapes.mapcount[shape]} mt=${shapes.mt[shape]} ${who}`
    })
}
