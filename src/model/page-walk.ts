import { type SourceFile } from './source-file.ts'

/** Pages that one run of page-types walked, by their flags: told by its list or by its summary. */
export interface PageWalk {
  readonly form: 'list' | 'summary'
  /** `LineId` of its header. */
  readonly line: number
  /** Only the pages of a process or of a file (-p, -f), so that another walk need not have as many. */
  readonly isPartial: boolean
  /** Pages by names of flags. */
  readonly pagesByFlags: ReadonlyMap<string, number>
}

function pagesOf({ pagesByFlags }: PageWalk): number {
  let sum = 0
  for (const pages of pagesByFlags.values()) sum += pages
  return sum
}

/**
 * Says in the notices of each file that has a summary alone how it compares with the lists of other files. Both are told
 * by the same loop (tools/mm/page-types.c add_page()), so of one range at one moment they agree to the page; a list of as
 * many pages is taken for one of the same range.
 */
export function compareWalks(walks: readonly PageWalk[], files: readonly SourceFile[]): readonly SourceFile[] {
  const whole = walks.filter((walk) => !walk.isPartial)
  return files.map((file) => {
    const own = whole.filter((walk) => isIn(file, walk))
    const lists = whole.filter((walk) => walk.form === 'list' && !isIn(file, walk))
    if (own.some((walk) => walk.form === 'list') || lists.length === 0) return file
    const added = own.flatMap((summary) =>
      alike(summary, lists).map((list) => comparison(summary, list, nameOf(list, files))),
    )
    return added.length === 0 ? file : { ...file, notices: [...file.notices, ...new Set(added)] }
  })
}

function alike(summary: PageWalk, lists: readonly PageWalk[]): readonly PageWalk[] {
  const found = lists.filter((list) => pagesOf(list) === pagesOf(summary))
  return found.length > 0 ? found : lists
}

function nameOf(walk: PageWalk, files: readonly SourceFile[]): string {
  return files.find((file) => isIn(file, walk))?.name ?? ''
}

function isIn(file: SourceFile, { line }: PageWalk): boolean {
  return file.firstLine <= line && line < file.firstLine + file.ledger.total
}

function comparison(summary: PageWalk, list: PageWalk, name: string): string {
  const pages = pagesOf(summary)
  const listed = pagesOf(list)
  if (pages !== listed)
    return `its summary has ${pages} pages and the list in ${name} ${listed}: another range, or one of them is not whole`
  const moved = pagesMoved(summary.pagesByFlags, list.pagesByFlags)
  if (moved === 0) return `its summary agrees with the list in ${name}: ${pages} pages, flag by flag`
  return `its summary and the list in ${name} differ in the flags of ${moved} of ${pages} pages: they were taken one after the other`
}

/** Pages that have other flags in one than in the other, at least. */
function pagesMoved(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let moved = 0
  for (const [flags, pages] of one) moved += Math.max(0, pages - (other.get(flags) ?? 0))
  return moved
}
