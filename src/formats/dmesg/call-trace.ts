import { type FrameId, type LineId, type StackId } from '../../model/ids.ts'
import { type CallTrace } from '../../model/kernel-note.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { frameOf } from './frame-line.ts'

/** `kernel BUG at mm/gup.c:717!`, `WARNING: CPU: 1 PID: 60 at mm/gup.c:717 try_grab_folio+0x1/0x2` (lib/bug.c). */
const CHECK = /^(?:kernel BUG at |WARNING: (?:CPU: \d+ PID: \d+ at )?)(\S+:\d+)\b/
/** `CPU: 2 UID: 0 PID: 5263 Comm: fstest Not tainted 6.12.0` (lib/dump_stack.c); UID since 6.12. */
const TASK = /^CPU: (\d+) (?:UID: \d+ )?PID: (\d+) Comm: (.*?)(?: Not tainted| Tainted: | Kdump: |$)/
/** `RIP: 0010:foo+0x1/0x2 [mod]`; up to 4.9 with the address before it, twice. User addresses have no name. */
const RIP = /^E?R?IP: [0-9a-f]{4}:\s*(?:\[<[0-9a-f]+>\]\s*)*([^\s[]\S*\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[[^\]]+\])?)/
const BEGIN = /^\s*Call [Tt]race:/
const MARK = /^\s*<\/?[A-Z_#]+>\s*$/
const OVER = /^\s*<\/TASK>|^---\[ end trace|^Mem-Info:/
/** What stands between the head of a report and its trace (arch/x86/kernel/dumpstack.c, arch/arm64/kernel/process.c). */
const BETWEEN =
  /^(?:-+\[ cut here \]|Modules linked in:|Hardware name: |Code: |R[A-Z0-9]{2}: |[FCD][SR]\d?: |Oops: |pstate: |[ps][cp] : |lr : |x\d+\s*: )/

/** True for a line that a report in a kernel log may have, where no other text would have it. */
export function isReportLine(message: string): boolean {
  const isHead = BEGIN.test(message) || CHECK.test(message) || TASK.test(message) || RIP.test(message)
  return isHead || MARK.test(message) || OVER.test(message) || BETWEEN.test(message) || frameOf(message) !== undefined
}

/** Lines of other CPUs that may stand between two of ours where no caller is printed. */
const PATIENCE_LINES = 40

/** The `Call Trace:` behind a message, while its lines come in. */
export class CallTraceReader {
  readonly #into: TraceBuilder
  #at: string | undefined
  #task: { readonly cpu: number; readonly pid: number; readonly comm: string } | undefined
  #leaf: string | undefined
  #frames: string[] = []
  #isBegun = false
  #isOver = false
  #firstLine: LineId | undefined
  #lastLine: LineId

  /** `after` is the line that the report belongs to. */
  constructor(into: TraceBuilder, after: LineId) {
    this.#into = into
    this.#lastLine = after
  }

  /** Takes a message that is part of the report; false for all others. */
  take(message: string, line: LineId): boolean {
    if (this.#isOver || line - this.#lastLine > PATIENCE_LINES) return false
    if (!this.#read(message)) return false
    this.#firstLine ??= line
    this.#lastLine = line
    return true
  }

  #read(message: string): boolean {
    if (OVER.test(message)) {
      this.#isOver = true
      return message.includes('</TASK>')
    }
    return this.#isBegun ? this.#readFrame(message) : this.#readHead(message)
  }

  #readHead(message: string): boolean {
    if (BEGIN.test(message)) {
      this.#isBegun = true
      return true
    }
    const check = CHECK.exec(message)
    if (check !== null) this.#at ??= check[1]
    const task = TASK.exec(message)
    if (task !== null) this.#task ??= { cpu: Number(task[1]), pid: Number(task[2]), comm: task[3] }
    const leaf = RIP.exec(message)
    if (leaf !== null) this.#leaf ??= leaf[1]
    return check !== null || task !== null || leaf !== null
  }

  /** Frames that were only found on the stack are left out. */
  #readFrame(message: string): boolean {
    if (MARK.test(message)) return true
    const frame = frameOf(message)
    if (frame === undefined) return false
    if (!frame.isGuess) this.#frames.push(frame.text)
    return true
  }

  /** What was told; undefined when no line was. */
  told(): CallTrace | undefined {
    if (this.#firstLine === undefined) return undefined
    return {
      ...(this.#at === undefined ? {} : { at: this.#at }),
      ...this.#task,
      stack: this.#stack(),
      line: this.#firstLine,
      lastLine: this.#lastLine,
    }
  }

  /** x86 prints the function that died as RIP and its callers below; arm64 prints it as the first frame. */
  #stack(): StackId {
    const isNamed = this.#leaf === undefined || this.#leaf === this.#frames.at(0)
    const texts = isNamed ? this.#frames : [this.#leaf ?? '', ...this.#frames]
    if (texts.length === 0) return -1 as StackId
    const { frames, strings, stacks } = this.#into
    const ids: FrameId[] = texts.map((text) => frames.intern(strings.intern(text)))
    return stacks.internFrames(
      ids,
      texts.reduce((size, text) => size + text.length + 1, 0),
    )
  }
}
