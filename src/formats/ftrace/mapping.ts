import { hexValue, textOf } from '../../base/ascii.ts'
import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_SOME } from '../../model/shape-table.ts'

const ROUND_OPEN = 40
const LETTER_N = 110
const ZERO = 48
const LETTER_X = 120
/** Hex digits of the half of a 64-bit pointer that `%p` clears when it hashes. */
const HALF = 8
/** Hex digits of a pointer: more are a decimal number, as Perfetto prints fields. */
const POINTER = 16

/**
 * What a printed `mapping=` says (lib/vsprintf.c `%p`, include/linux/page-flags.h PAGE_MAPPING_FLAGS):
 *
 *     0000000000000000  (nil)  (null)   no mapping
 *     00000000aec7812a  (____ptrval____) some mapping: hashed from 4.15 on
 *     ffff880015a78dc1  0xffff880015a78dc1  a real pointer: bit 0 set is anonymous, low bits clear an address_space
 *     dead000000000400  the poison of a tail page: some
 *     18446612682296752577  a real pointer in decimal, as tools print fields that they know no format of
 *     init_mm+0x0/0x400  a pointer to a symbol, as the option fields prints it in 7.2 (`%pS`): some
 */
export function mappingOf(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === ROUND_OPEN) return bytes[start + 1] === LETTER_N ? MAPPING_NONE : MAPPING_SOME
  const isPrefixed = bytes[start] === ZERO && bytes[start + 1] === LETTER_X
  const first = isPrefixed ? start + 2 : start
  let at = first
  while (at < end && bytes[at] === ZERO) at++
  if (at === end) return MAPPING_NONE
  for (let digit = at; digit < end; digit++) if (hexValue(bytes[digit]) < 0) return MAPPING_SOME
  if (!isPrefixed && end - first > POINTER) return kindOfBits(Number(textOf(bytes, end - 2, end)))
  // `%p` pads to the width of a pointer, so a high half of zeros is a hash; a tool's `0x…` is neither padded nor hashed.
  if (!isPrefixed && (at - first >= HALF || end - first <= HALF)) return MAPPING_SOME
  if (isPoison(bytes, first)) return MAPPING_SOME
  return kindOfBits(hexValue(bytes[end - 1]))
}

function kindOfBits(low: number): number {
  if ((low & 1) === 1) return MAPPING_ANON
  return (low & 3) === 0 ? MAPPING_FILE : MAPPING_SOME
}

/** `dead…`: POISON_POINTER_DELTA of include/linux/poison.h. */
function isPoison(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 100 && bytes[at + 1] === 101 && bytes[at + 2] === 97 && bytes[at + 3] === 100
}
