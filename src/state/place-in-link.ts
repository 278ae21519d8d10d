/** A place in a file, as `ViewState.event` holds it: `trace.txt:8127`. */
export interface PlaceInLink {
  readonly fileName: string
  /** 1-based. */
  readonly line: number
}

/** `trace.txt:8127`. */
export function formatPlace({ fileName, line }: PlaceInLink): string {
  return `${fileName}:${line}`
}

/** The inverse of `formatPlace`; `undefined` when the text is no place. A file's name may hold colons. */
export function parsePlace(text: string | undefined): PlaceInLink | undefined {
  const match = /^(.+):([1-9]\d{0,11})$/s.exec(text ?? '')
  return match ? { fileName: match[1], line: Number(match[2]) } : undefined
}
