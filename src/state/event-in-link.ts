import { formatPlace, parsePlace } from './place-in-link.ts'
import { type ViewState } from './view-state.ts'

/** The view with its event at the name that the file of the link was opened by: a link's file is known by its content. */
export function withEventHere(view: ViewState, openedAs: string | undefined): ViewState {
  return renamed(view, view.capture?.fileName, openedAs)
}

/** The inverse of `withEventHere`: the event at the name that the link has for its file, so that others find it too. */
export function withEventAsLinked(view: ViewState, openedAs: string | undefined): ViewState {
  return renamed(view, openedAs, view.capture?.fileName)
}

function renamed(view: ViewState, from: string | undefined, to: string | undefined): ViewState {
  const place = parsePlace(view.event)
  if (place === undefined || from === undefined || to === undefined) return view
  if (from === to || place.fileName !== from) return view
  return { ...view, event: formatPlace({ ...place, fileName: to }) }
}
