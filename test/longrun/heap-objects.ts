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
 * Chromium 156 parses `@media print` of its own style sheet anew each time it styles a `thead`, and keeps each: 176 bytes, in a
 * page of nothing but a table too (and none without the `thead`). Whatever opens a dialog styles the tables below it anew.
 */
const PARSED_QUERY = /^blink::(?:MediaQuery(?:Set|FeatureExpNode)?$|HeapVectorBacking<.*blink::MediaQuery,)/

/** What a heap snapshot tells, bytes. */
export interface HeapTold {
  /** JavaScript objects of the page. */
  readonly objects: number
  /** Media queries that the browser parsed and keeps. */
  readonly mediaQueries: number
}

/**
 * What a page holds, by a heap snapshot. The heap's size alone has compiled code in it, which grows for minutes while the
 * engine finds out what is called often.
 */
export async function heapObjects(session: CDPSession): Promise<HeapTold> {
  const chunks: string[] = []
  const take = ({ chunk }: { chunk: string }): void => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', take)
  // Between these two: the engine keeps a number for each object that it has shown, some 20 MB, until it may forget them.
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.send('HeapProfiler.disable')
  session.off('HeapProfiler.addHeapSnapshotChunk', take)
  // What comes is the browser's own format.
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field))
  const isQuery = strings.map((text) => PARSED_QUERY.test(text))
  let objects = 0
  let mediaQueries = 0
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (OWN.has(types[0][nodes[at + type]])) objects += nodes[at + size]
    else if (isQuery[nodes[at + name]]) mediaQueries += nodes[at + size]
  }
  return { objects, mediaQueries }
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] }
  }
  readonly nodes: readonly number[]
  readonly strings: readonly string[]
}
