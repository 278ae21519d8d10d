/** What can be shared. */
export const SHARE_KINDS = ['link', 'carrying', 'slice', 'report', 'whole', 'text', 'markdown', 'json'] as const
export type ShareKind = (typeof SHARE_KINDS)[number]

/** A kind in words: what it is called, and what it is for. */
export interface ShareWords {
  readonly label: string
  readonly about: string
  /** It carries lines of the files, or what was made of them. */
  readonly carries: boolean
}

/** Every kind, in the order of the dialog. */
export const SHARE_WORDS: Readonly<Record<ShareKind, ShareWords>> = {
  link: { label: 'Link', about: 'where to look; whoever opens it needs the files', carries: false },
  carrying: {
    label: 'Self-contained link',
    about: 'with the lines that prove it: opens without any file',
    carries: true,
  },
  slice: { label: 'Slice file', about: 'the same lines as a file, to be dropped on pinscope', carries: true },
  report: {
    label: 'Report of the slice',
    about: 'one HTML file with the viewer and these lines: opens without a network',
    carries: true,
  },
  whole: {
    label: 'Report of the whole capture',
    about: 'one HTML file with the viewer and all files, as they are',
    carries: true,
  },
  text: { label: 'Mail text', about: 'plain text for a mailing list', carries: true },
  markdown: { label: 'Markdown', about: 'for a bug tracker', carries: true },
  json: { label: 'JSON', about: 'for machines', carries: true },
}

/** Kinds that are made of the slice: what is redacted in it is redacted in them. */
export function isOfSlice(kind: ShareKind): boolean {
  return kind === 'carrying' || kind === 'slice' || kind === 'report'
}

/** A finding as text, in one of its forms. */
export type TextKind = Extract<ShareKind, 'text' | 'markdown' | 'json'>

export function isText(kind: ShareKind): kind is TextKind {
  return kind === 'text' || kind === 'markdown' || kind === 'json'
}

/** Kinds that take along what people said. */
export function takesSaid(kind: ShareKind): boolean {
  return kind === 'report' || kind === 'whole' || isText(kind)
}
