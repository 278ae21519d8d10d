/** What the bytes of a stack stand behind. */
export const RAW_CALLERS = 'caller=ARRAY['

const RAW_STACK = /\bsize=(\d+)\s.*?\bcaller=ARRAY\[([0-9a-f]{2}(?:, [0-9a-f]{2})*)\]/

/**
 * The stack lines of a kernel_stack entry whose fields trace-cmd report -R prints as bytes, in the machine's order
 * (libtraceevent, tep_print_field_content()); empty when they are no addresses:
 *
 *     size=2 caller=ARRAY[ac, e3, 2a, 81, ff, ff, ff, ff, b0, e1, 2a, 81, ff, ff, ff, ff]
 *     => ffffffff812ae3ac
 *     => ffffffff812ae1b0
 */
export function framesOfRawStack(text: string): string {
  const match = RAW_STACK.exec(text)
  if (match === null) return ''
  const bytes = match[2].split(', ')
  const size = Number(match[1])
  const long = bytes.length === size * 4 ? 4 : 8
  const isLittle = isKernelByte(bytes[long - 1]) || !isKernelByte(bytes[0])
  const addresses: string[] = []
  for (let at = 0; at + long <= bytes.length && addresses.length < size; at += long) {
    const word = bytes.slice(at, at + long)
    const address = (isLittle ? word.toReversed() : word).join('')
    if (/^f+$/.test(address)) break // ULONG_MAX ends the list in older kernels
    addresses.push(`=> ${address}`)
  }
  return addresses.join('\n')
}

/** The highest byte of an address in the kernel's half. */
function isKernelByte(byte: string | undefined): boolean {
  return byte !== undefined && byte >= '80'
}
