import { type StringId } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'

/** Everything a trace says, as data that can be compared: tables with methods by what these answer. */
export function plainTrace(trace: Trace): object {
  const { strings, pages } = trace
  const texts = Array.from({ length: strings.length }, (_, id) => strings.text(id as StringId))
  return {
    ...trace,
    strings: { texts, found: texts.map((text) => strings.find(text)), absent: strings.find('no such text') },
    pages: {
      length: pages.length,
      pfn: pages.pfn,
      byPfn: pages.byPfn,
      found: Array.from({ length: pages.length }, (_, id) => pages.find(pages.pfn[id])),
      absent: pages.find(0.5),
      at: [pages.positionAtLeast(0), pages.positionAtLeast(Number.MAX_SAFE_INTEGER)],
    },
  }
}
