import { readdirSync, readFileSync } from 'node:fs'

/** Pids of all processes below one, by /proc. */
export function descendantsOf(root: number): readonly number[] {
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

/** A file of a process in /proc; empty when the process has ended meanwhile. */
export function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}
