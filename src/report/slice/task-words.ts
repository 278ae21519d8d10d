/** A stretch of a line that is the name of a task, or its number. */
export interface TaskWord {
  readonly kind: 'comm' | 'pid'
  readonly start: number
  readonly end: number
}

const NAMED: readonly RegExp[] = [
  // `            init-1       [001] .....     3.180454: ` and, with latency-format, `    init-1         1..... 267985us!: `
  /^\s*(?:\[?\w+\]?: )?\s*(?<comm>\S.*?)-(?<pid>\d+)\s+(?:\(\s*(?<tgid>\d+|-+)\)\s+)?(?:\[\d+\]|\d+[\w.#]{3,})\s/d,
  // `sleep   133 [001]     4.649399: `, `sleep  133/134 [001] …`: perf script
  /^(?<comm>\S.*?)\s+(?<pid>\d+)(?:\/(?<tgid>\d+))?\s+(?:\[\d+\]\s+)?\d+\.\d+:\s/d,
]

const ANYWHERE: readonly RegExp[] = [
  // `, pid 69, tgid 69 (fgd), ts 4239065169`, `page last free pid 69 tgid 69 stack trace:`
  /\bpid (?<pid>\d+)(?:,? tgid (?<tgid>\d+))?(?: \((?<comm>[^\n]*?)\)(?=,| ts| stack|$))?/dg,
  // the rest of it, where a mail goes on in the next line
  /\btgid (?<tgid>\d+)(?: \((?<comm>[^\n]*?)\)(?=,| ts| stack|$))?/dg,
  // `CPU: 0 UID: 0 PID: 133 Comm: sh Not tainted`
  /\bPID: (?<pid>\d+)(?: Comm: (?<comm>.+?)(?= Not tainted| Tainted: | Kdump: |$))?/dg,
  // `comm=sh pid=133`, `prev_comm=sh prev_pid=1`, `comm="sh"`, `oldcomm=sh newcomm=make`
  /\b(?:\w+_|old|new)?comm=(?<comm>"[^"]*"|.+?)(?=\s+\w+=|$)/dg,
  /\b(?:\w+_)?(?:pid|tgid|tid)=(?<pid>\d+)/dg,
  /\bprocess: (?<comm>\S+)/dg,
  // the task of a message of the kernel log, `[    5.178398][  T133] `, also behind what syslog puts before it
  /^(?:<\d+>|[^[\]]* kernel: ?)?\[[^\]]*\]\s?\[\s*T(?<pid>\d+)\]/dg,
  // `TASK-PID` as a line of a report cites it, `sh-133 (pid 133)`
  /\bpid:\s*(?<pid>\d+)/dg,
]

/** Names and numbers of tasks in a line of any format, ascending and apart. */
export function taskWords(line: string): readonly TaskWord[] {
  const head = NAMED.map((pattern) => pattern.exec(line)).find((match) => match !== null)
  const found = [...(head ? [head] : []), ...ANYWHERE.flatMap((pattern) => [...line.matchAll(pattern)])]
  const words = found.flatMap((match) => wordsOf(match)).toSorted((one, other) => one.start - other.start)
  return words.filter((word, at) => at === 0 || word.start >= words[at - 1].end)
}

function wordsOf({ indices, groups }: RegExpExecArray): readonly TaskWord[] {
  return (['comm', 'pid', 'tgid'] as const).flatMap((name) => {
    const span = groups?.[name] === undefined ? undefined : indices?.groups?.[name]
    return span === undefined ? [] : [{ kind: name === 'comm' ? name : 'pid', start: span[0], end: span[1] } as const]
  })
}
