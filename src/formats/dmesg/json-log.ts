import { type PrintkLine } from './printk-line.ts'

const BEGIN = /^\s*"dmesg"\s*:\s*\[/
const END = /^\}\s*$/
/** `"time":     3.580131,`, `"caller": "T66",`, `"msg": "…"`: one field a line (util-linux sys-utils/dmesg.c). */
const FIELD = /^\s*"(time|caller|msg)":\s*(.*?),?\s*$/
const SECONDS = /^(\d+)\.(\d{1,9})$/
/** An entry of the kernel's in `journalctl -o json`. */
const JOURNAL = /^\{.*"_TRANSPORT"\s*:\s*"kernel"/

/** True for the first lines of `dmesg --json` or of a kernel log that `journalctl -o json` wrote. */
export function isJsonLog(lines: readonly string[]): boolean {
  return lines.slice(0, 3).some((line) => BEGIN.test(line)) || (lines.length > 0 && JOURNAL.test(lines[0]))
}

/** Finds the messages in a kernel log written as JSON; passes all other logs by. */
export class JsonLog {
  #isOpen = false
  #timeNs: number | undefined
  #caller = ''

  /** The message on a line; `punctuation` for the lines between them, undefined where the log is not JSON. */
  take(text: string): PrintkLine | 'punctuation' | undefined {
    if (JOURNAL.test(text)) return journalEntry(text)
    this.#isOpen ||= BEGIN.test(text)
    if (!this.#isOpen) return undefined
    this.#isOpen = !END.test(text)
    return this.#field(FIELD.exec(text))
  }

  #field(field: RegExpExecArray | null): PrintkLine | 'punctuation' {
    if (field?.[1] === 'time') this.#timeNs = nsOf(field[2])
    if (field?.[1] === 'caller') this.#caller = parsed(field[2]) ?? ''
    const message = field?.[1] === 'msg' ? parsed(field[2]) : undefined
    if (message === undefined) return 'punctuation'
    const said = { message, timeNs: this.#timeNs, caller: this.#caller, hasPrefix: true }
    this.#timeNs = undefined
    this.#caller = ''
    return said
  }
}

function nsOf(text: string): number | undefined {
  const match = SECONDS.exec(text)
  return match === null ? undefined : Number(match[1]) * 1e9 + Number(match[2].padEnd(9, '0'))
}

/** `_SOURCE_MONOTONIC_TIMESTAMP` is the kernel's own stamp in microseconds (journald-kmsg.c). */
function journalEntry(text: string): PrintkLine | 'punctuation' {
  const micros = /"_SOURCE_MONOTONIC_TIMESTAMP"\s*:\s*"(\d+)"/.exec(text)?.[1]
  const message = parsed(/"MESSAGE"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '')
  if (message === undefined) return 'punctuation'
  return { message, timeNs: micros === undefined ? undefined : Number(micros) * 1000, caller: '', hasPrefix: true }
}

function parsed(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined // a line that was cut
  }
}
