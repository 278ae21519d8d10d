import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { sourceOf, traceOf } from '../read-bytes.ts'

/** A recording of trace-cmd and the text made of it; `../shared/corpus` is not part of the repository. */
const FOLDER = new URL('../../../../shared/corpus/leaky-tracecmd/', import.meta.url)
const isThere = existsSync(FOLDER)
if (!isThere) console.warn('no corpus at ../shared/corpus: its trace.dat is not tested')

async function read(name: string): Promise<Trace> {
  return traceOf([sourceOf(new Uint8Array(readFileSync(new URL(name, FOLDER))), name)])
}

describe.skipIf(!isThere)('a whole recording', () => {
  test('gives the events, tasks and stacks of its text, to the microsecond', async () => {
    const [bytes, text] = [await read('trace.dat.gz'), await read('trace.txt.gz')]
    expect(rowsOf(bytes)).toEqual(rowsOf(text))
  })

  test('names the page that failed and who holds it', async () => {
    const truth: unknown = JSON.parse(readFileSync(new URL('truth.json', FOLDER), 'utf8'))
    const [finding] = derive(await read('trace.dat.gz')).findings
    expect(truth).toMatchObject({
      failed_ranges: [{ start_pfn: finding.range.startPfn, end_pfn: finding.range.endPfn }],
      culprits: finding.pages
        .flatMap((page) => page.culprits.map(({ pfn, pid, comm }) => ({ pfn, pid, comm })))
        .toSorted((a, b) => b.pfn - a.pfn),
    })
  })
})

function rowsOf(trace: Trace): readonly string[] {
  const { events, shapes, strings, contexts, tasks, stacks, frames } = trace
  return Array.from({ length: events.length }, (_, row) => {
    const task = contexts.task[events.context[row]]
    const shape = events.shape[row]
    const stack = events.stack[row]
    const symbols: string[] = []
    for (let at = stacks.offsets[stack]; at < stacks.offsets[stack + 1]; at++) {
      symbols.push(strings.text(frames.symbol[stacks.frames[at]]))
    }
    return [
      Math.round(events.time[row] / 1000),
      strings.text(shapes.name[shape]),
      trace.pages.pfn[events.page[row]],
      events.count[row],
      shapes.val[shape],
      shapes.ret[shape],
      shapes.mapcount[shape],
      shapes.mt[shape],
      strings.text(shapes.args[shape]),
      tasks.pid[task],
      strings.text(tasks.comm[task]),
      contexts.cpu[events.context[row]],
      ...symbols,
    ].join(' ')
  })
}
