import { type CDPSession } from 'playwright'

/** Types of a heap snapshot that are the page's own: not compiled code, hidden classes and what the browser keeps for itself. */
const OWN = new Set([
  'object',
  'closure',
  'array',
  'string',
  'concatenated string',
  'sliced string',
  'number',
  'bigint',
])

/**
 * Bytes of the JavaScript objects that a page holds, by a heap snapshot. The heap's size alone has compiled code in it, which
 * grows for minutes while the engine finds out what is called often.
 */
export async function heapObjects(session: CDPSession): Promise<number> {
  const chunks: string[] = []
  const take = ({ chunk }: { chunk: string }): void => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', take)
  // Between these two: the engine keeps a number for each object that it has shown, some 20 MB, until it may forget them.
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.send('HeapProfiler.disable')
  session.off('HeapProfiler.addHeapSnapshotChunk', take)
  // What comes is the browser's own format.
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  let bytes = 0
  for (let at = 0; at < nodes.length; at += fields.length)
    if (OWN.has(types[0][nodes[at + type]])) bytes += nodes[at + size]
  return bytes
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] }
  }
  readonly nodes: readonly number[]
}
