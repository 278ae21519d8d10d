import { type Numbers } from './column.ts'

/** `ArrayBuffer.prototype.transfer`, of ES2024: Node 20 has none. */
type Transferring = ArrayBufferLike & { readonly transfer?: (length: number) => ArrayBuffer }

/**
 * Gives the memory of an array back now, where the engine can; else it goes when garbage is collected, which hundreds of
 * megabytes may wait for. Nobody may read the array, nor any other view of its buffer, after.
 */
export function letGo(values: Numbers): void {
  const buffer: Transferring = values.buffer
  if (values.byteLength > 0) buffer.transfer?.(0)
}
