/** A file of the shelf's folder. */
export interface ShelfFile {
  readonly name: string
  readonly sizeBytes: number
}

/** One file being written, which nobody else can write or remove meanwhile. */
export interface ShelfWriter {
  /** Throws a `ShelfFull` when there is no room. */
  write(bytes: Uint8Array, at: number): void
  /** What was written is on the disk when this returns. */
  flush(): void
  close(): void
}

/** The folder of the shelf: the browser's private files, or a stand-in of them. */
export interface ShelfFiles {
  list(): Promise<readonly ShelfFile[]>
  /** Bytes `[from, to)`, fewer at the end. Throws when the file is gone. */
  read(name: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>>
  /** Begins a file anew; undefined when somebody else is at it. Throws a `ShelfFull` when there is no room. */
  create(name: string): Promise<ShelfWriter | undefined>
  /** False when somebody is at it. True when it is gone, or was. */
  remove(name: string): Promise<boolean>
  /** Runs alone among all tabs; undefined, and nothing is run, when another one is at it. */
  alone<T>(work: () => Promise<T>): Promise<T | undefined>
}

/** The browser gives no more room. */
export class ShelfFull extends Error {
  override readonly name = 'ShelfFull'
}
