import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouterHistory,
} from '@tanstack/react-router'
import { readLinkText, writeLinkText } from './link-text.ts'
import { isLinkName } from './view-state.ts'

/**
 * Creates the router that owns the URL. It knows one route: which view it is, `useView` reads from the path. `component`
 * is the whole page; the hash keeps the page movable to any path of any host.
 */
export function createAppRouter(component: () => React.ReactNode, history: RouterHistory = createHashHistory()) {
  // A path that cannot even be decoded is no error of the page: it names no view, so the default one is shown.
  const root = createRootRoute({ notFoundComponent: component })
  const page = createRoute({ getParentRoute: () => root, path: '/$', component })
  return createRouter({
    routeTree: root.addChildren([page]),
    history,
    parseSearch: (text: string) => readLinkText(text, isLinkName),
    stringifySearch: (search: Record<string, unknown>) => writeLinkText(onlyText(search)),
    defaultPendingMs: 0,
    scrollRestoration: false,
  })
}

function onlyText(search: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
