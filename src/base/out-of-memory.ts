/** What Chromium, Firefox and Node say where there is no room for an array: `Array buffer allocation failed`. */
const NO_ROOM = /allocation failed|out of memory|allocation size overflow|invalid array (buffer )?length/i

/** True of what is thrown where memory runs out and the thread lives on. */
export function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'RangeError' || error.name === 'InternalError') &&
    NO_ROOM.test(error.message)
  )
}
