import { readdirSync, readFileSync } from 'node:fs'

/** Memory of all processes of a browser, bytes: PSS, which counts shared pages by share. By what the process is for. */
export function browserPssBytes(root: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const pid of descendantsOf(root)) {
    const command = readProc(pid, 'cmdline')
    if (command === '') continue
    const kind = /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser'
    found[kind] = (found[kind] ?? 0) + pssBytes(pid)
  }
  return found
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
  for (const queue = [root]; queue.length > 0;) {
    for (const child of children.get(queue.pop() ?? -1) ?? []) {
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
