const READ_BYTES = 1 << 20
/** What stays in a core's cache from who reads it to who parses it. */
const OVERWRITTEN_BYTES = 1 << 18

/** Something open to read from. */
export interface OpenBytes {
  /** Bytes that there were when it was opened, if that is known: no more is made ready for them. */
  readonly sizeBytes?: number
  /** Fills the buffer from the position on, as far as there are bytes; the number of them, 0 at the end. */
  read(buffer: Uint8Array, position: number): Promise<number>
  close?(): Promise<void>
}

/**
 * Bytes `[from, to)` in big reads, one ahead of who takes them; opened with the first, closed behind the last. A piece is
 * kept as it is, or, when it `isOverwritten`, good until the next but one is read, which is when the next is asked for.
 */
export function bytesBetween(
  from: number,
  to: number,
  open: () => Promise<OpenBytes>,
  isOverwritten = false,
): ReadableStream<Uint8Array> {
  const newBuffer = isOverwritten ? twoInTurn(OVERWRITTEN_BYTES) : newEachTime
  let bytes: OpenBytes | undefined
  let position = from
  let ahead: Promise<Uint8Array> | undefined
  const read = async (): Promise<Uint8Array> => {
    bytes ??= await open()
    const buffer = newBuffer(Math.max(0, Math.min(to - position, likelyLeft(bytes, position))))
    if (buffer.length === 0) return buffer
    const size = await bytes.read(buffer, position)
    position += size
    return buffer.subarray(0, size)
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

/** One more than is known of, to see the end; of what grows a page at least. */
function likelyLeft({ sizeBytes }: OpenBytes, position: number): number {
  if (sizeBytes === undefined) return Number.POSITIVE_INFINITY
  return Math.max(1 << 12, sizeBytes - position + 1)
}

/** Every byte that is handed on was read into it: it need not be zeroed first. */
function newEachTime(size: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(Math.min(READ_BYTES, size)).buffer)
}

/** One that is read into while the other is taken. */
function twoInTurn(most: number): (size: number) => Uint8Array {
  const buffers = [new Uint8Array(most), new Uint8Array(most)]
  let turn = 0
  return (size) => buffers[turn++ & 1].subarray(0, size)
}
