import { useEffect, useRef } from 'react'
import { type EmbedDoor, type EmbedEvent, type EmbedPage } from './embed-door.ts'
import { noteRefused } from './refused-messages.ts'
import { settingsNow } from './settings-store.ts'
import { useCaptureStore } from './use-trace.ts'
import { useLinkTo, useResetView, useViewNow } from './use-view.ts'

/** Set by the build, see vite.config.ts. */
declare const PINSCOPE_VERSION: string | undefined

/**
 * Listens to the page that this one is embedded in, or that has opened it; to nobody where there is none. What the door is made of
 * is loaded with the first message that is for it.
 */
export function useEmbedDoor(): void {
  const store = useCaptureStore()
  const viewNow = useViewNow()
  const linkTo = useLinkTo()
  const resetView = useResetView()
  const storeNow = useRef(store)
  useEffect(() => {
    storeNow.current = store // A and B may change places
  }, [store])
  useEffect(
    () =>
      listen({
        store: {
          open: (files, opening) => storeNow.current.open(files, opening),
          state: () => storeNow.current.state(),
        },
        allowed: () => settingsNow().embedOrigins,
        version: typeof PINSCOPE_VERSION === 'string' ? PINSCOPE_VERSION : 'development',
        view: viewNow,
        go: (view) => resetView(view),
        linkTo,
        addressOf: (link) => new URL(link, window.location.href).href,
        onRefused: noteRefused,
      }),
    [linkTo, resetView, viewNow],
  )
}

/** Listens until the function that comes back is called. */
function listen(page: EmbedPage): (() => void) | undefined {
  const others = othersOf(window)
  if (others.length === 0) return undefined
  let door: Promise<EmbedDoor> | undefined
  const onMessage = ({ data, origin, source }: MessageEvent): void => {
    const from = others.find((other) => other === source)
    if (from === undefined || typeof data !== 'object' || data === null || !Object.hasOwn(data, 'pinscope')) return
    const reply: EmbedEvent['reply'] = (answer, target) => from.postMessage(answer, { targetOrigin: target })
    door ??= import('./embed-door.ts').then(({ EmbedDoor: Door }) => new Door(page))
    void door.then((one) => one.take({ data, origin, reply }))
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}

/** Who may speak to this page: who embeds it, and who has opened it. */
function othersOf(own: Window): readonly Window[] {
  // The opener is told as `any`: it is a window or null.
  const opener = own.opener as Window | null
  return [own.parent === own ? null : own.parent, opener].filter((other) => other !== null && other !== own) as Window[]
}
