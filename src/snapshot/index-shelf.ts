import { contentOf, type IndexHead, type IndexMeta, LIKELY_HEAD_BYTES, metaEnd, readHead } from './index-file.ts'
import { type ShelfFiles, ShelfFull } from './shelf-files.ts'
import { writeIndex, type WriteTask } from './write-index.ts'

/** An index on the shelf. */
export interface KeptIndex extends IndexMeta {
  readonly sizeBytes: number
  /** ms since 1970. */
  readonly usedAt: number
}

/** What became of an index that was to be kept. */
export type KeepOutcome =
  | { readonly kind: 'kept'; readonly sizeBytes: number }
  /**
   * `too_large` it is larger than all that may be kept; `full` the browser gives no room; `busy` another tab is keeping
   * one; `stopped` it was given up.
   */
  | { readonly kind: 'not_kept'; readonly why: 'too_large' | 'full' | 'busy' | 'stopped' }

/** What a look at the shelf found that is of no use. */
export interface UselessIndexes {
  /** Removed: other builds wrote them, and read and judge otherwise. */
  readonly ofOtherBuilds: number
  /** Removed: damaged, or never finished. */
  readonly notWhole: number
  /** Left: files that no build up to this one writes. */
  readonly ofNewerPinscope: number
}

/** How a shelf is run. */
export interface ShelfOptions {
  /** Indexes of another build are of no use and are removed. */
  readonly build: string
  /** Bytes that all indexes together may take. */
  readonly budgetBytes: number
  /** ms since 1970. */
  readonly now?: () => number
}

/** What is to be kept, and since when its files were being read, ms since 1970. */
export type KeepTask = Omit<WriteTask, 'name'> & { readonly since?: number | undefined }

const INDEX = '.index'
const USED = '.used'
/** Of this build and of those before it; whatever else lies there is a newer pinscope's. */
const OWN = /\.(?:index|used)$/

/**
 * Indexes of captures, kept within a budget: to make room, those go that were used least recently. Several tabs may have a
 * shelf over one folder; what one of them writes the others see when it is whole, or not at all.
 */
export class IndexShelf {
  readonly budgetBytes: number
  readonly #files: ShelfFiles
  readonly #build: string
  readonly #now: () => number

  constructor(files: ShelfFiles, { build, budgetBytes, now = Date.now }: ShelfOptions) {
    this.#files = files
    this.#build = build
    this.budgetBytes = budgetBytes
    this.#now = now
  }

  /** What is on the shelf, used last first. Removes what nobody can use: of other builds, or never finished. */
  async list(): Promise<readonly KeptIndex[]> {
    return (await this.look()).kept
  }

  /** The same, and what there was beside. */
  async look(): Promise<{ readonly kept: readonly KeptIndex[]; readonly useless: UselessIndexes }> {
    const files = await this.#files.list()
    const found: KeptIndex[] = []
    const ofOthers = new Set<string>()
    for (const { name, sizeBytes } of files) {
      const head = name.endsWith(INDEX) ? await this.#headOf(name, sizeBytes) : undefined
      if (head !== undefined && head.meta.build !== this.#build) ofOthers.add(name)
      else if (head !== undefined && nameOf(head.meta.key) === name)
        found.push({ ...head.meta, sizeBytes, usedAt: await this.#usedAt(head.meta) })
    }
    const wanted = new Set(found.flatMap(({ key }) => [nameOf(key), usedNameOf(key)]))
    const gone: string[] = []
    for (const { name } of files) {
      if (!wanted.has(name) && OWN.test(name) && (await this.#files.remove(name))) gone.push(name)
    }
    const goneIndexes = gone.filter((name) => name.endsWith(INDEX))
    return {
      kept: found.toSorted((one, other) => other.usedAt - one.usedAt || compareKeys(one, other)),
      useless: {
        ofOtherBuilds: goneIndexes.filter((name) => ofOthers.has(name)).length,
        notWhole: goneIndexes.filter((name) => !ofOthers.has(name)).length,
        ofNewerPinscope: files.filter(({ name }) => !OWN.test(name)).length,
      },
    }
  }

  /** What an index holds; undefined when there is none with this key, or it is damaged: then it is removed. Counts as use. */
  async take(key: string): Promise<{ readonly meta: IndexMeta; readonly content: unknown } | undefined> {
    const name = nameOf(key)
    const file = (await this.#files.list()).find((one) => one.name === name)
    const head = file && (await this.#headOf(name, file.sizeBytes))
    if (head?.meta.build !== this.#build || head.meta.key !== key) return undefined
    const bytes = await this.#files.read(name, head.packedAt, head.sizeBytes)
    const content = bytes.length === head.sizeBytes - head.packedAt ? contentOf(bytes, head) : undefined
    if (content === undefined) {
      await this.remove(key)
      return undefined
    }
    await this.#use(key)
    return { meta: head.meta, content }
  }

  /**
   * Puts an index on the shelf, in the place of one with its key. One that another tab has made since the files began to be
   * read is the same, and is left: that tab may be telling of it. Never throws for want of room.
   */
  async keep(task: KeepTask): Promise<KeepOutcome> {
    const outcome = await this.#files.alone(() => this.#keepAlone(task))
    return outcome ?? { kind: 'not_kept', why: 'busy' }
  }

  /** False when another tab is at it: then it stays. */
  async remove(key: string): Promise<boolean> {
    await this.#files.remove(usedNameOf(key))
    return this.#files.remove(nameOf(key))
  }

  /** Removes everything. False when something stays that another tab is at. */
  async clear(): Promise<boolean> {
    let isClear = true
    for (const { name } of await this.#files.list()) isClear = (await this.#files.remove(name)) && isClear
    return isClear
  }

  async #keepAlone(task: KeepTask): Promise<KeepOutcome> {
    const { key } = task.meta
    const same = (await this.list()).find((kept) => isSameSince(kept, task))
    if (same !== undefined) return { kind: 'kept', sizeBytes: same.sizeBytes }
    const sizeBytes = task.packed.sizeBytes + LIKELY_HEAD_BYTES
    if (sizeBytes > this.budgetBytes) return { kind: 'not_kept', why: 'too_large' }
    await this.#makeRoom(sizeBytes, key)
    try {
      const written = await writeIndex(this.#files, { ...task, name: nameOf(key) })
      if (written === undefined) return { kind: 'not_kept', why: task.signal.aborted ? 'stopped' : 'busy' }
      await this.#use(key)
      return { kind: 'kept', sizeBytes: written }
    } catch (error) {
      await this.remove(key)
      if (error instanceof ShelfFull) return { kind: 'not_kept', why: 'full' }
      throw error
    }
  }

  /** Lets go of what was used least recently, until there is room. What has the key makes room in any case. */
  async #makeRoom(sizeBytes: number, key: string): Promise<void> {
    const kept = await this.list()
    let total = sizeBytes
    for (const index of kept) {
      total += index.key === key ? 0 : index.sizeBytes
      if (index.key === key || total > this.budgetBytes) await this.remove(index.key)
      if (total > this.budgetBytes) total -= index.sizeBytes
    }
  }

  async #headOf(name: string, sizeBytes: number): Promise<IndexHead | undefined> {
    try {
      let start = await this.#files.read(name, 0, LIKELY_HEAD_BYTES)
      const end = metaEnd(start)
      if (end > start.length) start = await this.#files.read(name, 0, Math.min(end, sizeBytes))
      return readHead(start, sizeBytes)
    } catch {
      return undefined // somebody is at it, or it went meanwhile
    }
  }

  async #usedAt({ key, savedAt }: IndexMeta): Promise<number> {
    const bytes = await this.#files.read(usedNameOf(key), 0, 32).catch(() => new Uint8Array(0))
    const time = Number(new TextDecoder().decode(bytes))
    return time > savedAt ? time : savedAt
  }

  /** Notes the use in a file of its own: the index itself stays as it was written. */
  async #use(key: string): Promise<void> {
    const writer = await this.#files.create(usedNameOf(key)).catch(() => undefined)
    if (writer === undefined) return
    try {
      writer.write(new TextEncoder().encode(String(this.#now())), 0)
    } catch {
      // no room for a number: it counts as used when it was saved
    } finally {
      writer.close()
    }
  }
}

/** True of an index of the same contents that was made while these were read. */
function isSameSince(kept: IndexMeta, { meta, since = Number.POSITIVE_INFINITY }: KeepTask): boolean {
  const { key, savedAt, files } = kept
  return key === meta.key && savedAt >= since && files.every(({ hash }, row) => hash === meta.files.at(row)?.hash)
}

function nameOf(key: string): string {
  return key + INDEX
}

function usedNameOf(key: string): string {
  return key + USED
}

function compareKeys(one: IndexMeta, other: IndexMeta): number {
  return one.key < other.key ? -1 : 1
}
