/** Something to read bytes from: a file dropped on the page, or one on disk. May be streamed more than once. */
export interface Source {
  readonly name: string
  /** Bytes as told when it was opened; 0 for files whose size is unknown (debugfs). */
  readonly sizeBytes: number
  /** Milliseconds since 1970, as told when it was opened. */
  readonly lastModified?: number
  /** The bytes from the start. Errors when the file cannot be read (a folder, gone, changed). */
  stream(): ReadableStream<Uint8Array>
  /** The bytes `[from, to)`, for reading single lines again. Absent where seeking is impossible. */
  slice?(from: number, to: number): ReadableStream<Uint8Array>
  /** True when the file is no longer the one that was opened. */
  changed?(): Promise<boolean>
}

/** A `Source` over a browser's `File` (Node's works too). The bytes stay where they are until they are streamed. */
export function sourceOfBlob(file: Blob & { readonly name: string; readonly lastModified?: number }): Source {
  return {
    name: file.name,
    sizeBytes: file.size,
    ...(file.lastModified === undefined ? {} : { lastModified: file.lastModified }),
    stream: () => file.stream(),
    slice: (from, to) => file.slice(from, to).stream(),
    changed: () => hasLostBytes(file),
  }
}

/** A browser refuses to read a `File` whose size or time on disk differs from the moment it was chosen. */
async function hasLostBytes(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return false
  } catch {
    return true
  }
}
