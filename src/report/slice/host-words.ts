/** A stretch of a line that tells which machine it is of, or who built its kernel where. */
export interface HostWord {
  readonly start: number
  readonly end: number
}

const NAMED: readonly RegExp[] = [
  // `Linux version 6.1.0 (ann@build7) (gcc …)`: init/version-timestamp.c, linux_banner
  /\bLinux version \S+ \((?<host>[^()\s]*@[^()\s]*)\)/dg,
  // `uname -a`: `Linux lab3 6.12.1 #1 SMP …`
  /^Linux (?<host>\S+) \d+\.\d+\S* #/dg,
  // `Hardware name: QEMU Standard PC, BIOS 1.16`, lib/dump_stack.c; `DMI: …`, drivers/firmware/dmi_scan.c
  /(?:\bHardware name: |\bDMI: |\bMachine model: )(?<host>\S.*?)\s*$/dg,
  // perf script --header: `# hostname : lab3`
  /^# ?(?:hostname|cpudesc|cpuid) : (?<host>\S.*?)\s*$/dg,
  // syslog and journalctl: `Nov 22 06:52:54 lab3 kernel: `, `2026-11-22T06:52:54.1+00:00 lab3 kernel: `
  /^(?:[A-Z][a-z]{2} [ \d]\d [\d:.]{8,15}|\d{4}-\d\d-\d\dT\S+) (?<host>\S+) kernel(?:\[\d+\])?: /dg,
]

/** What of a line tells of the machine, ascending and apart. */
export function hostWords(line: string): readonly HostWord[] {
  const found = NAMED.flatMap((pattern) => [...line.matchAll(pattern)]).flatMap((match) => {
    const span = match.indices?.groups?.['host']
    return span === undefined ? [] : [{ start: span[0], end: span[1] }]
  })
  const words = found.toSorted((one, other) => one.start - other.start)
  return words.filter((word, at) => at === 0 || word.start >= words[at - 1].end)
}
