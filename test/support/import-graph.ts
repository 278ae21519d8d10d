import { posix } from 'node:path'
import { parseSync } from 'rolldown/utils'

/** One file naming another. `worker` is `new URL('./x.ts', import.meta.url)`: it runs the module, but in a realm of its own. */
export interface Import {
  readonly from: string
  /** A path below the folder of the sources when relative, else the package as written. */
  readonly to: string
  readonly isRelative: boolean
  readonly kind: 'value' | 'type' | 'worker'
}

/** Sources by path below `src/`, e.g. `base/bisect.ts`. */
export type ModuleMap = Readonly<Record<string, string>>

const WORKER_URL = /new URL\(\s*['"](\.{1,2}\/[^'"]+)['"]\s*,\s*import\.meta\.url/g
const IMPORT_TYPE = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import and re-export of a module, in order of kind. Throws on a file that does not parse. */
export function importsOf(path: string, source: string): readonly Import[] {
  const { module, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  const found: Import[] = []
  const add = (request: string, kind: Import['kind']): void => {
    const isRelative = request.startsWith('.')
    const to = isRelative ? posix.normalize(posix.join(posix.dirname(path), request)) : request
    found.push({ from: path, to: to.replace(/\?.*$/, ''), isRelative, kind })
  }
  for (const one of module.staticImports) add(one.moduleRequest.value, kindOf(one.entries))
  for (const one of module.staticExports) {
    for (const [request, entries] of byRequest(one.entries)) add(request, kindOf(entries))
  }
  const isDynamic = new Set(module.dynamicImports.map((one) => one.start))
  for (const match of source.matchAll(IMPORT_TYPE)) add(match[1], isDynamic.has(match.index) ? 'value' : 'type')
  for (const match of source.matchAll(WORKER_URL)) add(match[1], 'worker')
  return found
}

/** Chains `a → b → a` among value imports, each named once, starting at its smallest path. */
export function cyclesOf(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>()
  for (const { from, to, kind, isRelative } of imports) {
    if (isRelative && kind === 'value') next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const trail: string[] = []
  const cycles = new Map<string, readonly string[]>()
  const visit = (path: string): void => {
    const start = trail.indexOf(path)
    if (start !== -1) {
      const cycle = startAtSmallest(trail.slice(start))
      cycles.set(cycle.join(), cycle)
      return
    }
    if (done.has(path)) return
    trail.push(path)
    for (const to of next.get(path) ?? []) visit(to)
    trail.pop()
    done.add(path)
  }
  for (const path of next.keys()) visit(path)
  return [...cycles.values()]
}

function startAtSmallest(cycle: readonly string[]): readonly string[] {
  const start = cycle.indexOf(cycle.toSorted()[0])
  return [...cycle.slice(start), ...cycle.slice(0, start)]
}

/** `import { type A }` is a type import too: the bundler drops what is left of it. `import './x'` has no entries. */
function kindOf(entries: readonly { readonly isType: boolean }[]): Import['kind'] {
  return entries.length > 0 && entries.every((entry) => entry.isType) ? 'type' : 'value'
}

function byRequest<Entry extends { readonly moduleRequest?: { readonly value: string } | null }>(
  entries: readonly Entry[],
): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const request = entry.moduleRequest?.value
    if (request !== undefined) groups.set(request, [...(groups.get(request) ?? []), entry])
  }
  return groups
}
