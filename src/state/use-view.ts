import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { readLinkText } from './link-text.ts'
import { DEFAULT_VIEW, isLinkName, parseView, serializeView, type ViewState } from './view-state.ts'

/** Changes what is looked at. `undefined` in a patch unselects. `replace` leaves no step in the history. */
export type SetView = (patch: Partial<ViewState>, options?: { readonly replace?: boolean }) => void

/** What is being looked at, and the one way to change it. The URL is the only copy. */
export function useView(): readonly [ViewState, SetView] {
  const { pathname, searchStr } = useLocation()
  const view = useMemo(() => parseView(pathname, readLinkText(searchStr, isLinkName)), [pathname, searchStr])
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
  return useCallback(() => viewAt(router.history.location), [router])
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
  return useCallback(
    (view) => {
      const { path, parameters } = serializeView(view)
      return router.history.createHref(path + router.options.stringifySearch(parameters))
    },
    [router],
  )
}

function useGo(): (next: (current: ViewState) => ViewState, replace: boolean) => void {
  const router = useRouter()
  return useCallback(
    (next, replace) => {
      // The history's own location, not the rendered one: two changes in one turn must not lose the first.
      const { path, parameters } = serializeView(next(viewAt(router.history.location)))
      const href = path + router.options.stringifySearch(parameters)
      if (replace) router.history.replace(href)
      else router.history.push(href)
    },
    [router],
  )
}

function viewAt({ pathname, search }: { readonly pathname: string; readonly search: string }): ViewState {
  return parseView(pathname, readLinkText(search, isLinkName))
}
