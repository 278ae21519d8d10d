/**
 * A PFN from here on is no page: `pfn=ffffffffffffffff` of a failed allocation, or digits that were damaged. Physical
 * addresses have 52 bits at most (x86 and arm64), PFNs are kept as exact integers up to 2^53.
 */
export const PFN_LIMIT = 2 ** 52

/** A pid from here on is none: pid_t is an int. */
export const PID_LIMIT = 2 ** 31

/** No clock of the kernel shows so many seconds: its nanoseconds have 64 bits. A clock that counts shows less than 2^64. */
export const SECONDS_LIMIT = 2 ** 64 / 1e9

/**
 * A CPU from here on is none: NR_CPUS ends at 8192 (arch/x86/Kconfig, arch/powerpc/platforms/Kconfig.cputype). Tables by
 * CPU may be as long as the number that a text names, so it must be one that a kernel can print.
 */
export const CPU_LIMIT = 2 ** 16

/** True for the digits of a number that has 64 bits, as clocks that count show them. */
export function isU64(digits: string): boolean {
  return digits.length < 20 || (digits.length === 20 && digits <= '18446744073709551615')
}
