import { type CDPSession, type Page } from 'playwright'
import { browserPssBytes } from './process-memory.ts'
import { withWorkers } from './worker-sessions.ts'

/** What the browser holds, once all garbage was collected in the page and in its workers. */
export interface Measured {
  /** JavaScript of the page, and the buffers and DOM objects that it holds, bytes. */
  readonly pageHeap: number
  /** JavaScript objects of the page alone, bytes; absent where no heap snapshot was taken. */
  readonly objects?: number
  /** Heaps of all workers, bytes. */
  readonly workerHeap: number
  readonly workers: number
  readonly documents: number
  readonly nodes: number
  readonly listeners: number
  /** Trees that hang in no document, held by JavaScript. */
  readonly detached: number
  /** What the origin keeps on the disk, bytes. */
  readonly stored: number
  /** Letters in localStorage and sessionStorage. */
  readonly kept: number
  readonly renderers: number
  /** All processes of the browser, bytes. */
  readonly processes: number
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
  const pss = browserPssBytes(process.pid)
  const { stored, kept } = await page.evaluate(storageOf)
  return {
    pageHeap: heap,
    workerHeap: workers.reduce((sum, one) => sum + one, 0),
    workers: workers.length,
    documents: counters.documents,
    nodes: counters.nodes,
    listeners: counters.jsEventListeners,
    detached: await detachedTrees(session),
    stored,
    kept,
    renderers: pss['renderer'] ?? 0,
    processes: Object.values(pss).reduce((sum, one) => sum + one, 0),
  }
}

/** Newer Chromiums tell more than the types know of. */
function heapOf(usage: object): number {
  const { usedSize = 0, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage as Readonly<Record<string, number>>
  return usedSize + embedderHeapUsedSize + backingStorageSize
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
