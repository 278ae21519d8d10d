const BLOCKS = '▁▂▃▄▅▆▇█'

/**
 * Counts as one line of text, two slices a sign, each line to its own highest: `▂·█·╱`. `·` is none; `╱` is none in slices
 * that are `lost`, in which there may have been some.
 */
export function sparkText(counts: readonly number[], lost: readonly number[] = []): string {
  const most = Math.max(1, ...counts)
  const isLost = new Set(lost)
  let text = ''
  for (let slice = 0; slice < counts.length; slice += 2) {
    const count = Math.max(counts[slice], counts[slice + 1] ?? 0)
    const gap = isLost.has(slice) || isLost.has(slice + 1) ? '╱' : '·'
    text += count === 0 ? gap : BLOCKS[Math.ceil((count / most) * BLOCKS.length) - 1]
  }
  return text
}
