const READ_BYTES = 1 << 20

/** Something open to read from. */
export interface OpenBytes {
  /** Fills the buffer from the position on, as far as there are bytes; the number of them, 0 at the end. */
  read(buffer: Uint8Array, position: number): Promise<number>
  close?(): Promise<void>
}

/** Bytes `[from, to)` in big reads; opened with the first read, closed behind the last. */
export function bytesBetween(from: number, to: number, open: () => Promise<OpenBytes>): ReadableStream<Uint8Array> {
  let bytes: OpenBytes | undefined
  let position = from
  const readNext = async (): Promise<Uint8Array> => {
    bytes ??= await open()
    const buffer = new Uint8Array(Math.max(0, Math.min(READ_BYTES, to - position)))
    if (buffer.length === 0) return buffer
    const size = await bytes.read(buffer, position)
    position += size
    return buffer.subarray(0, size)
  }
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = await readNext().catch(async (error: unknown) => {
          await bytes?.close?.()
          throw error
        })
        if (piece.length > 0) return controller.enqueue(piece)
        await bytes?.close?.()
        controller.close()
      },
      cancel: () => bytes?.close?.(),
    },
    { highWaterMark: 0 },
  )
}
