import { descendantsOf, readProc } from '../support/processes.ts'

/** Memory that is the own of all processes of a browser, bytes, by what a process is for; see {@link ownBytes}. */
export function browserOwnBytes(root: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const pid of descendantsOf(root)) {
    const command = readProc(pid, 'cmdline')
    if (command === '') continue
    const kind = /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser'
    found[kind] = (found[kind] ?? 0) + ownBytes(readProc(pid, 'smaps_rollup'))
  }
  return found
}

/**
 * What a process holds of memory of its own, bytes, by its smaps_rollup: anonymous, and shared with the browser's other
 * processes by share. Without mapped files: the browser's program alone is 70 to 250 MB of PSS, by how many other browsers
 * happen to run on the machine.
 */
export function ownBytes(rollup: string): number {
  const kilobytes = [...rollup.matchAll(/^Pss_(?:Anon|Shmem): +(\d+) kB/gm)].map(([, number]) => Number(number))
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024
}
