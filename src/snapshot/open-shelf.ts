import { IndexShelf } from './index-shelf.ts'
import { budgetOf, openOpfs } from './opfs-files.ts'
import { READER_BUILD } from './reader-build.ts'

/** All indexes together take no more, bytes… */
const MOST_BYTES = 2 * 2 ** 30
/** …and no larger share of what the browser grants. */
const QUOTA_SHARE = 0.2

/** The shelf of this browser; undefined where it keeps nothing, or what wrote an index could not be told. Never rejects. */
export async function openShelf(): Promise<IndexShelf | undefined> {
  if (READER_BUILD === '') return undefined
  try {
    const files = await openOpfs()
    return files && new IndexShelf(files, { build: READER_BUILD, budgetBytes: await budgetOf(MOST_BYTES, QUOTA_SHARE) })
  } catch {
    return undefined
  }
}
