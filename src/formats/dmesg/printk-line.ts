/** One line of a kernel log without what was put before the message. */
export interface PrintkLine {
  /** The message, its own leading blanks kept: stack frames begin with one. */
  readonly message: string
  /** Absolute ns of the printk clock; undefined when the line has no time, or one that cannot be aligned. */
  readonly timeNs: number | undefined
  /** Who printed, as far as the line says (`T14882`, `C1`, `1:846`): parts of one report have the same. Else empty. */
  readonly caller: string
  /** True when something was before the message: a time, a level, a host. */
  readonly hasPrefix: boolean
}

const QUOTE = /^(?:> ?)+/
/** `4,1234,567890123,-,caller=T1;msg`: /dev/kmsg, time in microseconds. */
const KMSG = /^\d+,\d+,(\d+),[^;]{0,64};/
const KMSG_CALLER = /caller=([TC]\d+)/
/** `<4>`: dmesg -r, pstore, syslog before its own time. */
const LEVEL = /^<\d{1,3}>/
/** What loggers put first: logcat, syslog and journal, RFC 5424, `dmesg --time-format iso`, CI logs, `dmesg -x`. */
const OUTER: readonly RegExp[] = [
  /^\d\d-\d\d \d\d:\d\d:\d\d\.\d+\s+(?:\S+\s+)?\d+\s+\d+ [VDIWEF] /,
  /^(?:(?:[A-Z][a-z]{2} )?(?:[A-Z][a-z]{2} [ \d]\d|\d{4}-\d\d-\d\d)[ T]\d\d:\d\d:\d\d(?: [A-Z]{3,5}| \d{4}|\S+)?|\d{10}\.\d{6}) (?:\S+ ){0,2}kernel(?:\[\d+\])?: ?/,
  /^1 \d{4}-\S+ \S+ kernel \S+ \S+ (?:-|\[[^\]]*\]) /,
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[,.]\d+\S* /,
  /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d)\s*:[a-z]+\s*: ?/,
]
/** What logcat makes of the word before a message's first colon: a tag, filled up with blanks. */
const LOGCAT_TAG = /^([^\s:]*) *: /
/** `[08:37:00.123] ` of a terminal program before the kernel's own stamp. */
const TERMINAL_TIME = /^\[(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d(?:\.\d+)?\] ?(?=[[<])/
/** `[  446.578064]` (CONFIG_PRINTK_TIME): seconds of local_clock. `dmesg -d` adds ` <    0.000012>`. */
const STAMP = /^\[\s*(\d+)\.(\d{1,9})(?: <\s*\d+\.\d+ ?>)?\]/
/** `journalctl -o short-monotonic` puts the host behind a time at which the journal may have got the message. */
const JOURNAL_HOST = /^ [\w.-]+ kernel: /
/** `[Sat Nov 21 08:37:00 2026]`, `[Nov21 08:37]`, `[  +0.000012]`, `[      ]`: dmesg -T, -e, -d. No time to align. */
const OTHER_STAMP = /^\[(?:[A-Z][a-z]{2} ?[A-Z0-9][^\]]{4,44}|\s*[+<-]?\d+\.\d+>?|\s+)\]/
/** `[T14882]`, `[    C1]` (CONFIG_PRINTK_CALLER). */
const CALLER = /^ ?\[\s*([TC]\d+)\]/
/** Samsung `[1:   Binder:715_1:  846]`, MediaTek `(0)[123:comm]`. */
const VENDOR_CALLER = /^\s?(?:\[(\d{1,3}):\s*[^\]]{1,24}:\s*(\d+)\]|\((\d{1,3})\)\[(\d+):[^\]]{0,24}\])/

/** Colours of `dmesg --color=always`. */
const ESCAPE = '\u001b'
const TERMINAL_CODES = new RegExp(String.raw`${ESCAPE}\[[0-9;]{0,16}[A-Za-z]`, 'g')

/** Cuts what stands before the message of one log line, in every spelling known. Never fails. */
export function splitPrintk(text: string): PrintkLine {
  const quoted = text.startsWith('>') ? text.replace(QUOTE, '') : text
  const whole = quoted.includes(ESCAPE) || quoted.endsWith('\r') ? withoutCodes(quoted) : quoted
  const line = whole.replace(TERMINAL_TIME, '')
  if (line.startsWith('[')) return splitStamp(line, line)
  const kmsg = KMSG.exec(line)
  if (kmsg !== null) return splitKmsg(line, kmsg)
  return splitStamp(withoutOuter(line.replace(LEVEL, '')), whole)
}

/** Without colours, and without the CRs that a serial line doubles at its end. */
function withoutCodes(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '\r') end--
  return text.slice(0, end).replace(TERMINAL_CODES, '')
}

function withoutOuter(text: string): string {
  let rest = text
  for (const outer of OUTER) rest = rest.replace(outer, '')
  const isLogcat = rest !== text && OUTER[0].test(text)
  return (isLogcat ? rest.replace(LOGCAT_TAG, (_, tag: string) => (tag === '' ? '' : `${tag}: `)) : rest).replace(
    LEVEL,
    '',
  )
}

function splitKmsg(line: string, match: RegExpExecArray): PrintkLine {
  const caller = KMSG_CALLER.exec(match[0])?.[1] ?? ''
  return { message: line.slice(match[0].length), timeNs: Number(match[1]) * 1000, caller, hasPrefix: true }
}

/** No clock shows more, one of the wall neither. */
const MOST_NS = 1e19

function splitStamp(text: string, whole: string): PrintkLine {
  const printed = STAMP.exec(text)
  const stampSize = (printed ?? OTHER_STAMP.exec(text))?.[0].length ?? 0
  const host = stampSize === 0 ? null : JOURNAL_HOST.exec(text.slice(stampSize))
  const stamp = host === null ? printed : null
  const size = stampSize + (host === null ? 0 : host[0].length - 1)
  const { caller, rest } = splitCaller(text.slice(size))
  const ns = stamp === null ? Number.NaN : Number(stamp[1]) * 1e9 + Number(stamp[2].padEnd(9, '0'))
  const timeNs = ns < MOST_NS ? ns : undefined
  const message = (size > 0 || caller !== '') && rest.startsWith(' ') ? rest.slice(1) : rest
  return { message, timeNs, caller, hasPrefix: size > 0 || text !== whole }
}

function splitCaller(text: string): { readonly caller: string; readonly rest: string } {
  const own = CALLER.exec(text)
  const rest = own === null ? text : text.slice(own[0].length)
  const vendor = VENDOR_CALLER.exec(rest)
  if (vendor === null) return { caller: own?.[1] ?? '', rest }
  return {
    caller: own?.[1] ?? `${vendor[1] ?? vendor[3]}:${vendor[2] ?? vendor[4]}`,
    rest: rest.slice(vendor[0].length),
  }
}
