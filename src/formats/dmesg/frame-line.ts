/** One frame of a stack as the kernel prints it into its log. */
export interface PrintedFrame {
  /** `foo+0x1a/0x60 [mod]`, with what a decoder added: `foo mm/gup.c:141 [inline]`, `foo (mm/gup.c:141) mod`. */
  readonly text: string
  /** Behind `?`: found on the stack, and need not be a caller (arch/x86/kernel/dumpstack.c). */
  readonly isGuess: boolean
}

const OFFSET = String.raw`\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)`
/** `mm/gup.c:141` as syzbot adds it, `(mm/gup.c:141 (discriminator 3))` as scripts/decode_stacktrace.sh does. */
const SOURCE = String.raw`(?:\(\S+:\d+(?: \(discriminator \d+\))?\)|\S+\.[A-Za-z]{1,3}:\d+)`
const SYMBOL = String.raw`[^\s<[?(]\S*`
const MODULE = String.raw`(?: \[[^\]]+\])?`
/**
 *      prep_new_page+0xf7/0x120                      x86, arm64
 *      [<ffffffff8116147e>] ? bad_page+0x1de/0xb00   up to 4.9
 *     [c00000000f6a3b10] [c0000000003d3b5c] sym+0x54/0xa0 (unreliable)      powerpc
 *      <EOI> [<ffffffff81070000>] worker_thread+0x4b/0x4a0
 *      0xffffffffc0a1b2c3                            a function without a name
 */
const FRAME = new RegExp(
  String.raw`^\s*(?:<+\w+>+\s*)?(?:\[<?[0-9a-f]+>?\]\s*){0,2}(\? )?` +
    `(${SYMBOL}${OFFSET}(?: ${SOURCE})?${MODULE}|${SYMBOL} ${SOURCE}(?: ${SYMBOL}|${MODULE})|0x[0-9a-f]{8,16})` +
    String.raw`(?: \(unreliable\))?\s*$`,
)

/** The frame that a message is; undefined for every other. */
export function frameOf(message: string): PrintedFrame | undefined {
  const frame = FRAME.exec(message)
  return frame === null
    ? undefined
    : { text: frame[2], isGuess: frame[1] !== undefined || /\(unreliable\)\s*$/.test(message) }
}
