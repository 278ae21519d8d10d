/**
 * Kernel addresses as numbers. A 64-bit address is read as a signed integer: the kernel's half is then negative and,
 * being canonical (at most 53 significant bits), exact in a double. Ascending addresses are ascending numbers.
 */

/** Address of 1 to 16 hex digits, without `0x`; NaN for what is no canonical address. */
export function addressOfHex(digits: string): number {
  if (!/^[0-9a-f]{1,16}$/i.test(digits)) return Number.NaN
  const low = Number.parseInt(digits.slice(-8), 16)
  const high = digits.length > 8 ? Number.parseInt(digits.slice(0, -8), 16) | 0 : 0
  const address = high * 0x1_0000_0000 + low
  return Number.isSafeInteger(address) ? address : Number.NaN
}

/** 16 hex digits of an address, as kallsyms prints it. */
export function hexOfAddress(address: number): string {
  const low = ((address % 0x1_0000_0000) + 0x1_0000_0000) % 0x1_0000_0000
  const high = (((address - low) / 0x1_0000_0000) | 0) >>> 0
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}
