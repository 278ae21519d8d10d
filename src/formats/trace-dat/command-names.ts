/**
 * Names of tasks by pid, from `saved_cmdlines` (`134 surfaceflinger` lines). pid 0 is `<idle>`, one that the kernel did
 * not remember `<...>`, as kernel/trace/trace.c trace_find_cmdline() prints them.
 */
export class CommandNames {
  readonly #names = new Map<number, string>([[0, '<idle>']])

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const match = /^\s*(\d+) (.+)$/.exec(line)
      if (match !== null && match[1] !== '0') this.#names.set(Number(match[1]), match[2].replace(/\0.*$/, ''))
    }
  }

  of(pid: number): string {
    return this.#names.get(pid) ?? '<...>'
  }
}
