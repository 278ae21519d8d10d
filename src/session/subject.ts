/** What something is said about. Each part survives re-reading: a hash, an id made of what is printed, a line of a file. */
export type Subject =
  /** `hash`: of the main file; `failure`: id of the range, made of trigger, PFNs and time as printed. */
  | { readonly kind: 'range'; readonly hash: string; readonly failure: string }
  /** `stack`: 16 hex digits over the names of its functions. */
  | { readonly kind: 'stack'; readonly stack: string }
  /** `hash`: of the event's own file. */
  | { readonly kind: 'event'; readonly hash: string; readonly line: number }

/** Words about a subject, for people and for finding it on another capture. None is part of its identity. */
export interface About {
  /** Name of the file. */
  readonly file?: string
  /** What it is: `cma 0x17800-0x17c00`, `page_ref_mod +1`. */
  readonly what?: string
  /** Frame that names the holder. */
  readonly holder?: string
  /** Stack of the likeliest holder. */
  readonly stack?: string
  /** As printed. */
  readonly time?: string
  /** The same in absolute ns (or counts), as links say it. */
  readonly ns?: string
  /** `0x17ac9`. */
  readonly pfn?: string
  /** Release of the kernel. */
  readonly release?: string
}

/** The names of `About`, in the order in which they are written. */
export const ABOUT_NAMES = ['file', 'what', 'holder', 'stack', 'time', 'ns', 'pfn', 'release'] as const

/** Identity of a subject as text. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'range':
      return `range\n${subject.hash}\n${subject.failure}`
    case 'stack':
      return `stack\n${subject.stack}`
    default:
      return `event\n${subject.hash}\n${subject.line}`
  }
}

/** Words of both: the greater of two that differ, so that the order of merging makes no difference. */
export function mergeAbout(one: About, other: About): About {
  const merged: { -readonly [Name in keyof About]: string } = {}
  for (const name of ABOUT_NAMES) {
    const [a, b] = [one[name], other[name]]
    const word = a === undefined || (b !== undefined && b > a) ? b : a
    if (word !== undefined) merged[name] = word
  }
  return merged
}
