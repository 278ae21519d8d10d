import { addressOfLink } from '../../../state/link-address.ts'
import { shownOf } from '../../../state/use-query.ts'
import { isOfSlice, type ShareKind } from './share-kinds.ts'
import { type Shared } from './share-dialog.tsx'

/** A link of more characters is cut by mail programs and chats: a file goes instead. */
export const MOST_SHARED_CHARACTERS = 8000

/** The address that opens a link of this page. */
export function addressOf(link: string): string {
  return addressOfLink(link)
}

/** The address that carries a slice; undefined while it is not made. */
export function carryingAddress({ slice }: Shared): string | undefined {
  const made = shownOf(slice)
  if (made?.found !== true) return undefined
  return addressOf(`${made.slice.link}${made.slice.link.includes('?') ? '&' : '?'}slice=${made.packed}`)
}

/** The size of what would leave, as it would; empty while it is not known. */
export function sizeText(kind: ShareKind, shared: Shared): string {
  const made = isOfSlice(kind) ? shownOf(shared.slice) : undefined
  switch (kind) {
    case 'link':
      return characters(addressOf(shared.link).length)
    case 'carrying': {
      const length = carryingAddress(shared)?.length
      if (length === undefined) return ''
      return `${characters(length)}${length > MOST_SHARED_CHARACTERS ? ', too long' : ''}`
    }
    case 'slice':
      return made?.found === true ? bytes(base64Bytes(made.gz)) : ''
    case 'report':
      return made?.found === true ? `viewer + ${bytes(made.gz.length)}` : ''
    case 'whole':
      return `viewer + ${bytes(wholeBytes(shared))}`
    default: {
      const { kind: written, text } = shared.text
      return written === kind && text !== undefined ? textSize(text) : ''
    }
  }
}

/** `2100 bytes, 58 lines × 79 columns`. */
function textSize(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n')
  const columns = lines.reduce((most, line) => Math.max(most, line.length), 0)
  return `${bytes(new TextEncoder().encode(text).length)}, ${lines.length} lines × ${columns} columns`
}

/** Bytes that base64 stands for. */
export function base64Bytes(text: string): number {
  return Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
}

/** Bytes of all files that are open, as they were opened. */
export function wholeBytes({ capture }: Shared): number {
  return capture.overview.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function characters(count: number): string {
  return `${count} characters`
}

function bytes(count: number): string {
  return `${count} bytes`
}
