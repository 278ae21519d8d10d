import { type CDPSession, type Page } from 'playwright'
import { heldEntries } from './held-entries.ts'
import { browserOwnBytes } from './process-memory.ts'
import { withWorkers } from './worker-sessions.ts'

/** What the browser holds, once all garbage was collected in the page and in its workers. */
export interface Measured {
  /** JavaScript of the page, and the buffers and DOM objects that it holds, bytes. */
  readonly pageHeap: number
  /** JavaScript objects of the page alone, bytes; absent where no heap snapshot was taken. */
  readonly objects?: number
  /** Heaps of all workers, bytes. */
  readonly workerHeap: number
  /** What ArrayBuffers of the page and its workers hold, bytes; part of the two heaps. */
  readonly buffers: number
  /** What the browser holds for the DOM of the page and for objects of its workers, bytes; part of the two heaps. */
  readonly blink: number
  /** The same less the media queries that the browser parses again and again and keeps; absent where no snapshot was taken. */
  readonly dom?: number
  readonly workers: number
  readonly documents: number
  readonly nodes: number
  readonly listeners: number
  /** Trees that hang in no document, held by JavaScript. */
  readonly detached: number
  /** In Maps and Sets of the page. */
  readonly entries: number
  /** What the origin keeps on the disk, bytes. */
  readonly stored: number
  /** Letters in localStorage and sessionStorage. */
  readonly kept: number
  /** Memory of all tabs that is their own, bytes; see process-memory.ts. */
  readonly renderers: number
  /** The same of all processes of the browser, bytes. */
  readonly processes: number
  /** The same once more, see {@link squeezedBytes}; absent where that was not asked. */
  readonly squeezed?: number
}

/** Measures a page that is at rest. `session` is the page's; the browser is a child of this process. */
export async function measure(page: Page, session: CDPSession): Promise<Measured> {
  // Twice: finalizers that the first run calls let go of more.
  for (let times = 0; times < 2; times++) {
    await session.send('HeapProfiler.collectGarbage')
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))))
  }
  const workers = await withWorkers(session, async (all) => {
    for (const worker of all) await worker.send('HeapProfiler.collectGarbage')
    return Promise.all(all.map(async (worker) => heapOf(await worker.send('Runtime.getHeapUsage'))))
  })
  await session.send('HeapProfiler.collectGarbage')
  const heap = heapOf(await session.send('Runtime.getHeapUsage'))
  const counters = await session.send('Memory.getDOMCounters')
  const own = browserOwnBytes(process.pid)
  const { stored, kept } = await page.evaluate(storageOf)
  return {
    pageHeap: sumOf(heap),
    workerHeap: workers.reduce((sum, one) => sum + sumOf(one), 0),
    buffers: [heap, ...workers].reduce((sum, { buffers }) => sum + buffers, 0),
    blink: [heap, ...workers].reduce((sum, { blink }) => sum + blink, 0),
    workers: workers.length,
    documents: counters.documents,
    nodes: counters.nodes,
    listeners: counters.jsEventListeners,
    detached: await detachedTrees(session),
    entries: await heldEntries(session),
    stored,
    kept,
    renderers: own['renderer'] ?? 0,
    processes: sumOf(own),
  }
}

/**
 * Memory of all processes of the browser, their own, once each was told that memory is short, bytes: what it only keeps at
 * hand, it has given back.
 */
export async function squeezedBytes(session: CDPSession): Promise<number> {
  await session.send('Memory.simulatePressureNotification', { level: 'critical' })
  await new Promise((resolve) => setTimeout(resolve, SQUEEZED_MS))
  return sumOf(browserOwnBytes(process.pid))
}

/** Caches are emptied within so long, ms. */
const SQUEEZED_MS = 3000

function sumOf(bytes: Readonly<Record<string, number>>): number {
  return Object.values(bytes).reduce((sum, one) => sum + one, 0)
}

/** Newer Chromiums tell more than the types know of. */
function heapOf(usage: object): { readonly script: number; readonly blink: number; readonly buffers: number } {
  const { usedSize = 0, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage as Readonly<Record<string, number>>
  return { script: usedSize, blink: embedderHeapUsedSize, buffers: backingStorageSize }
}

async function detachedTrees(session: CDPSession): Promise<number> {
  await session.send('DOM.enable')
  const { detachedNodes } = await session.send('DOM.getDetachedDomNodes')
  await session.send('DOM.disable')
  return detachedNodes.length
}

/** Runs in the page. */
async function storageOf(): Promise<{ stored: number; kept: number }> {
  const lettersOf = (storage: Storage): number =>
    Object.entries(storage).reduce((sum, [key, value]) => sum + key.length + String(value).length, 0)
  const { usage = 0 } = await navigator.storage.estimate()
  return { stored: usage, kept: lettersOf(localStorage) + lettersOf(sessionStorage) }
}
