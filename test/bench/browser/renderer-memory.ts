import { descendantsOf, readProc } from '../../support/processes.ts'

/** Memory of all renderers that this process started, bytes: PSS, which counts shared pages by share. */
export function rendererPssBytes(): number {
  return descendantsOf(process.pid)
    .filter((pid) => readProc(pid, 'cmdline').includes('--type=renderer'))
    .reduce((sum, pid) => sum + pssBytes(pid), 0)
}

function pssBytes(pid: number): number {
  return Number(/^Pss: +(\d+) kB/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024
}
