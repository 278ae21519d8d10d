import { type Endpoint, expose, releaseProxy } from 'comlink'
import {
  type HashProgress,
  type JudgeProgress,
  type LoadProgress,
  type PairingProgress,
  type TraceApi,
} from './protocol.ts'
import { TraceSession } from './session.ts'
import { keepPulse } from './worker-pulse.ts'

type OnProgress =
  | ((progress: LoadProgress) => void)
  | ((progress: JudgeProgress) => void)
  | ((progress: PairingProgress) => void)
  | ((progress: HashProgress) => void)

/** Puts a new session behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeSession(endpoint?: Endpoint, session = new TraceSession()): void {
  const door: TraceApi = {
    load: async (files, isAddition, onProgress, starts, index) => {
      const result = await session.load(files, isAddition, onProgress, starts, index)
      releaseCallback(onProgress)
      return result
    },
    loadKept: (key) => session.loadKept(key),
    ask: (name, question) => session.ask(name, question),
    judge: async (rules, onProgress) => {
      const result = await session.judge(rules, onProgress)
      if (onProgress !== undefined) releaseCallback(onProgress)
      return result
    },
    stopJudging: () => session.stopJudging(),
    pairing: async (onProgress) => {
      const overview = await session.pairing(onProgress)
      if (onProgress !== undefined) releaseCallback(onProgress)
      return overview
    },
    contentHashes: async (onProgress) => {
      const files = await session.contentHashes(onProgress)
      if (onProgress !== undefined) releaseCallback(onProgress)
      return files
    },
    hashNow: () => session.hashNow(),
    stopHashing: () => session.stopHashing(),
    indexNews: () => session.indexNews(),
    stopKeeping: () => session.stopKeeping(),
  }
  keepPulse(endpoint)
  expose(door, endpoint)
}

/** A callback from the other side holds a message port open until it is let go. */
function releaseCallback(onProgress: OnProgress): void {
  // Comlink hands a function over as a proxy with this method; its types cannot tell on the receiving side.
  const proxied = onProgress as OnProgress & { readonly [releaseProxy]?: () => void }
  proxied[releaseProxy]?.()
}
