const READ_BYTES = 1 << 20

/** Something open to read from. */
export interface OpenBytes {
  /** Fills the buffer from the position on, as far as there are bytes; the number of them, 0 at the end. */
  read(buffer: Uint8Array, position: number): Promise<number>
  close?(): Promise<void>
}

/** Bytes `[from, to)` in big reads, one ahead of who takes them; opened with the first, closed behind the last. */
export function bytesBetween(from: number, to: number, open: () => Promise<OpenBytes>): ReadableStream<Uint8Array> {
  let bytes: OpenBytes | undefined
  let position = from
  let ahead: Promise<Uint8Array> | undefined
  const read = async (): Promise<Uint8Array> => {
    bytes ??= await open()
    // Every byte that is handed on was read into it: it need not be zeroed first.
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(READ_BYTES, to - position)))
    if (buffer.length === 0) return buffer
    const size = await bytes.read(buffer, position)
    position += size
    return new Uint8Array(buffer.buffer, 0, size)
  }
  const readNext = async (): Promise<Uint8Array> => {
    const piece = await (ahead ?? read())
    ahead = piece.length > 0 ? read() : undefined
    ahead?.catch(() => undefined) // told when it is taken
    return piece
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
      cancel: async () => {
        await ahead?.catch(() => undefined)
        await bytes?.close?.()
      },
    },
    { highWaterMark: 0 },
  )
}
