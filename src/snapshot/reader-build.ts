/** Set when the page is built, over the source of all that reads and judges; nowhere else. */
declare const PINSCOPE_READER_BUILD: string | undefined

/** What the code that reads and judges is known by; empty where it was not built, in tests and in development. */
export const READER_BUILD: string = typeof PINSCOPE_READER_BUILD === 'string' ? PINSCOPE_READER_BUILD : ''
