import { readdirSync, readFileSync } from 'node:fs'

/** Memory of all renderers that this process started, bytes: PSS, which counts shared pages by share. */
export function rendererPssBytes(): number {
  return descendantsOf(process.pid)
    .filter((pid) => readProc(pid, 'cmdline').includes('--type=renderer'))
    .reduce((sum, pid) => sum + pssBytes(pid), 0)
}

function pssBytes(pid: number): number {
  return Number(/^Pss: +(\d+) kB/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024
}

function descendantsOf(root: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(/^PPid:\t(\d+)/m.exec(readProc(Number(name), 'status'))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  const queue = [root]
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push(child)
      queue.push(child)
    }
  }
  return found
}

/** Empty when the process has ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}
