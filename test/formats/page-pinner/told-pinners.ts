import { formatPfn } from '../../../src/base/pfn.ts'
import { framesOf } from '../../../src/model/stack-depot.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { fateOf } from '../read-bytes.ts'

const KINDS = ['get', 'put', 'freed', 'failed']
const MAPPINGS = ['none', 'some', 'anon', 'file', undefined]

/** What a file of page_pinner records became, as plain JSON that a person can compare with it. */
export function toldPinners(trace: Trace): object {
  return { ...fateOf(trace.files[0]), pinners: recordsOf(trace) }
}

function recordsOf(trace: Trace): readonly object[] {
  const { pinners, strings } = trace
  return Array.from({ length: pinners.length }, (_, row) => {
    const frames = framesOf(trace.stacks, pinners.stack[row])
    return {
      line: pinners.line[row] + 1,
      pfn: formatPfn(pinners.pfn[row]),
      kind: KINDS[pinners.kind[row]],
      ...recorded({ tsUs: pinners.tsUs[row], elapsedUs: pinners.elapsedUs[row] }),
      ...recorded({ count: pinners.count[row], mapcount: pinners.mapcount[row] }),
      blockType: strings.text(pinners.blockType[row]),
      mapping: MAPPINGS[pinners.mapping[row]],
      flags: strings.text(pinners.flags[row]),
      stack: Array.from({ length: frames.length }, (__, at) => strings.text(trace.frames.text[frames[at]])),
    }
  })
}

/** Fields that are not -1, the mark of "not told". */
function recorded(fields: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== -1))
}
