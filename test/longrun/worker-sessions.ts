import { type CDPSession } from 'playwright'

/** A worker that answers the protocol of developer tools. */
export interface WorkerSession {
  readonly url: string
  readonly send: (method: string) => Promise<Readonly<Record<string, unknown>>>
}

/**
 * Calls `act` with all workers of a page, those that workers started too. They are attached to only meanwhile. Messages
 * go through the session of the page, because sessions of Playwright know none of their own for workers.
 */
export async function withWorkers<T>(
  page: CDPSession,
  act: (workers: readonly WorkerSession[]) => Promise<T>,
): Promise<T> {
  const workers = new Map<string, WorkerSession>()
  const waiting = new Map<number, (answer: Readonly<Record<string, unknown>>) => void>()
  let messages = 0
  const post = (path: readonly string[], method: string, params: object = {}) =>
    new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      const id = ++messages
      waiting.set(id, resolve)
      setTimeout(() => reject(new Error(`a worker does not answer ${method}`)), ANSWER_MS).unref()
      const message = JSON.stringify({ id, method, params })
      page.send('Target.sendMessageToTarget', { sessionId: path[0], message }).catch(reject)
    })
  const attached = ({ sessionId, targetInfo }: { sessionId: string; targetInfo: { type: string; url: string } }) => {
    if (targetInfo.type !== 'worker') return
    workers.set(sessionId, { url: targetInfo.url, send: (method) => post([sessionId], method) })
  }
  const received = ({ message }: { message: string }): void => {
    // What comes is the protocol's: an id with a result or an error.
    const { id, result, error } = JSON.parse(message) as {
      id?: number
      result?: Record<string, unknown>
      error?: object
    }
    if (id !== undefined) waiting.get(id)?.(result ?? { error })
  }
  const detached = ({ sessionId }: { sessionId: string }): void => void workers.delete(sessionId)
  page.on('Target.attachedToTarget', attached)
  page.on('Target.detachedFromTarget', detached)
  page.on('Target.receivedMessageFromTarget', received)
  const autoAttach = { waitForDebuggerOnStart: false, flatten: false }
  try {
    await page.send('Target.setAutoAttach', { autoAttach: true, ...autoAttach })
    return await act([...workers.values()])
  } finally {
    await page.send('Target.setAutoAttach', { autoAttach: false, ...autoAttach })
    page.off('Target.attachedToTarget', attached)
    page.off('Target.detachedFromTarget', detached)
    page.off('Target.receivedMessageFromTarget', received)
  }
}

const ANSWER_MS = 60_000
