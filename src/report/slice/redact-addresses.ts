import { Pseudonyms } from './pseudonyms.ts'

/** Hex digits of a pointer whose upper half `%p` has cleared. */
const HASHED = /^0{8}(?!0{8})[0-9a-f]{8}$/
/** `mapping=` and other fields that are pointers, whatever their width. */
const FIELD =
  /\b((?:mapping|page|addr|address|ptr|vma|mm|inode|dentry|head|memcg|call_site|caller|func|function|fn)[=:]\s?)(0x)?([0-9a-f]{7,16})\b(?!\.)/g
/** A kernel pointer wherever it stands: the upper half of the addresses. */
const POINTER = /\b(0x)?(ffff[0-9a-f]{12})\b/g
/** An address of a frame: in parentheses behind its name, bare in its place, or before it as perf prints. */
const FRAME = /((?:=>\s+(?:\S+\s+)?\(?|^\s+|\[<))(0x)?([0-9a-f]{8,16})(?=\)|>\]|\s|$)/g
/** A pointer in decimal, as tools print fields that they know no format of. */
const DECIMAL = /\b(mapping=)(\d{18,20})\b/g

/** Replaces kernel addresses: the same one by the same one, of the same width and with the same two low bits. `all`: no name of it is given. */
export function redactAddresses(all: string): (line: string) => string {
  const names = new Pseudonyms((name) => all.includes(name), pseudonym)
  const replaced = (digits: string): string => (isAddress(digits) ? names.of(digits) : digits)
  return (line) =>
    line
      .replaceAll(DECIMAL, (_, key: string, digits: string) => `${key}0x${names.of(BigInt(digits).toString(16))}`)
      .replaceAll(
        FIELD,
        (_, key: string, prefix: string | undefined, digits: string) => `${key}${prefix ?? ''}${replaced(digits)}`,
      )
      .replaceAll(
        FRAME,
        (_, before: string, prefix: string | undefined, digits: string) =>
          `${before}${prefix ?? ''}${replaced(digits)}`,
      )
      .replaceAll(POINTER, (_, prefix: string | undefined, digits: string) => `${prefix ?? ''}${replaced(digits)}`)
}

/** Zero says that there is none, and `dead…` is a poison: neither tells anything of the machine. One of ours stays. */
function isAddress(digits: string): boolean {
  return !/^0+$/.test(digits) && !digits.startsWith('dead') && !/^(?:ffff|0{8})ee[0-9a-f]+$/.test(digits)
}

/** Low bits are kept, for they say what a mapping is of. */
function pseudonym(count: number, digits: string): string {
  const low = Number.parseInt(digits.at(-1) ?? '0', 16) & 3
  const tail = (count * 4 + low).toString(16)
  if (HASHED.test(digits)) return `00000000ee${tail.padStart(6, '0')}`
  const head = digits.length >= 12 ? 'ffffee' : 'ee'
  return `${head}${tail.padStart(Math.max(1, digits.length - head.length), '0')}`
}
