import * as v from 'valibot'
import { MOST_LINK_CHARACTERS } from './link-text.ts'

/** Version of the messages. */
export const EMBED_PROTOCOL = 1
/** Files of one message, and bytes of all of them together. */
const MOST_FILES = 64
const MOST_BYTES = 4 * 2 ** 30

const Id = v.optional(v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.finite())]))
const Link = v.pipe(v.string(), v.maxLength(MOST_LINK_CHARACTERS), v.regex(/^#?\//, 'a link begins with #/'))
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))

const Message = v.variant('pinscope', [
  v.object({ pinscope: v.literal('ping'), id: Id }),
  v.object({
    pinscope: v.literal('open'),
    id: Id,
    files: v.pipe(
      v.array(v.object({ name: Name, buffer: v.instance(ArrayBuffer) })),
      v.minLength(1),
      v.maxLength(MOST_FILES),
      v.check(
        (files) => files.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) <= MOST_BYTES,
        `the buffers have more than ${MOST_BYTES} bytes together`,
      ),
    ),
    link: v.optional(Link),
  }),
  v.object({ pinscope: v.literal('go'), id: Id, link: Link }),
])

/** What another page may say. */
export type EmbedMessage = v.InferOutput<typeof Message>

/** A message as it is told here, or what is wrong with it in a sentence. `undefined` for what is none of ours. */
export function readEmbedMessage(data: unknown): EmbedMessage | { readonly problem: string } | undefined {
  if (!isForPinscope(data)) return undefined
  const read = v.safeParse(Message, data)
  if (read.success) return read.output
  const [issue] = read.issues
  const where = v.getDotPath(issue)
  return { problem: `this message is not understood: ${where === null ? '' : `${where}: `}${issue.message}` }
}

/** True of anything that says it is for pinscope. Reads nothing but that. */
export function isForPinscope(data: unknown): data is { readonly pinscope: unknown } {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, 'pinscope')
}

/** The id of a message that is otherwise not understood. */
export function idOf(data: unknown): string | number | undefined {
  const read = v.safeParse(v.object({ id: Id }), data)
  return read.success ? read.output.id : undefined
}
