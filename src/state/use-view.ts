import { useLocation, useRouter } from '@tanstack/react-router'
import { use, useCallback, useMemo, useSyncExternalStore } from 'react'
import { type OverviewAnswer } from '../queries/overview.ts'
import { captureOf } from './capture-store.ts'
import { withEventAsLinked, withEventHere } from './event-in-link.ts'
import { readLinkText } from './link-text.ts'
import { CaptureStoreContext } from './use-trace.ts'
import { DEFAULT_VIEW, isLinkName, parseView, serializeView, type ViewState } from './view-state.ts'

/** Changes what is looked at. `undefined` in a patch unselects. `replace` leaves no step in the history. */
export type SetView = (patch: Partial<ViewState>, options?: { readonly replace?: boolean }) => void

/** What is being looked at, and the one way to change it. The URL is the only copy. */
export function useView(): readonly [ViewState, SetView] {
  const { pathname, searchStr } = useLocation()
  const opened = useOpenedFiles()
  const linked = useMemo(() => parseView(pathname, readLinkText(searchStr, isLinkName)), [pathname, searchStr])
  const files = useSyncExternalStore(opened.subscribe, opened.files)
  const view = useMemo(() => withEventHere(linked, files), [linked, files])
  const go = useGo()
  const setView = useCallback<SetView>(
    (patch, options) => go((current) => ({ ...current, ...patch }), options?.replace ?? false),
    [go],
  )
  return [view, setView]
}

/**
 * Reads what the link says at this moment, which may be ahead of what is drawn: for keys, each of which must go on from
 * where the one before it led, however fast they come.
 */
export function useViewNow(): () => ViewState {
  const router = useRouter()
  const opened = useOpenedFiles()
  return useCallback(() => {
    return withEventHere(viewAt(router.history.location), opened.files())
  }, [router, opened])
}

/** Looks at something with everything else forgotten: used when another capture takes the place of this one. */
export function useResetView(): SetView {
  const go = useGo()
  return useCallback<SetView>(
    (patch, options) => go(() => ({ ...DEFAULT_VIEW, ...patch }), options?.replace ?? false),
    [go],
  )
}

/** The link to a state, for an `href` and for the clipboard: `#/pfn?v=2&pfn=0x1f4b4&end`. */
export function useLinkTo(): (view: ViewState) => string {
  const router = useRouter()
  const opened = useOpenedFiles()
  return useCallback(
    (view) => {
      const { path, parameters } = serializeView(withEventAsLinked(view, opened.files()))
      return router.history.createHref(path + router.options.stringifySearch(parameters))
    },
    [router, opened],
  )
}

function useGo(): (next: (current: ViewState) => ViewState, replace: boolean) => void {
  const router = useRouter()
  const opened = useOpenedFiles()
  return useCallback(
    (next, replace) => {
      // The history's own location, not the rendered one: two changes in one turn must not lose the first.
      const view = next(withEventHere(viewAt(router.history.location), opened.files()))
      const { path, parameters } = serializeView(withEventAsLinked(view, opened.files()))
      const href = path + router.options.stringifySearch(parameters)
      if (replace) router.history.replace(href)
      else router.history.push(href)
    },
    [router, opened],
  )
}

interface OpenedFiles {
  readonly subscribe: (listener: () => void) => () => void
  /** The files that are open: one of them is that of the link, and not always that with most records. */
  readonly files: () => OverviewAnswer['files']
}

const NONE: OverviewAnswer['files'] = []
const NOTHING_OPENED: OpenedFiles = { subscribe: () => () => {}, files: () => NONE }

function useOpenedFiles(): OpenedFiles {
  const store = use(CaptureStoreContext)
  return useMemo(
    () =>
      store === undefined
        ? NOTHING_OPENED
        : { subscribe: store.subscribe, files: () => captureOf(store.state())?.overview.files ?? NONE },
    [store],
  )
}

function viewAt({ pathname, search }: { readonly pathname: string; readonly search: string }): ViewState {
  return parseView(pathname, readLinkText(search, isLinkName))
}
