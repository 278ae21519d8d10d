import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type FileAnswer } from '../../../queries/overview.ts'
import { useTrace } from '../../../state/use-trace.ts'
import styles from './files-view.module.css'

interface ArrayStartProps {
  readonly file: FileAnswer
  readonly array: NonNullable<FileAnswer['array']>
  /** Where another array of as many values begins: this one is mostly a copy of the same window. */
  readonly suggestion: number | undefined
}

/** Asks which page an array of /proc/kpageflags and its like begins with, where no file tells it. */
export function ArrayStart({ file, array, suggestion }: ArrayStartProps): ReactNode {
  const [trace, { tellStart }] = useTrace()
  const id = useId()
  const [draft, setDraft] = useState<string>()
  const known = array.startPfn ?? suggestion
  const text = draft ?? (known === undefined ? '' : formatPfn(known))
  const pfn = parseStart(text)
  const isBusy = trace.status === 'loading'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pfn !== undefined && pfn !== array.startPfn) tellStart(file, pfn)
  }
  return (
    <form className={styles.start} onSubmit={submit}>
      <label htmlFor={id}>starts at PFN</label>
      <input
        id={id}
        className="data"
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder="0xdc00 or 56320"
        value={text}
        aria-invalid={text !== '' && pfn === undefined}
        aria-describedby={`${id}-meaning`}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button type="submit" disabled={pfn === undefined || pfn === array.startPfn || isBusy}>
        Set
      </button>
      <span id={`${id}-meaning`}>{meaningOf(text, pfn, array)}</span>
    </form>
  )
}

function meaningOf(text: string, pfn: number | undefined, { values, basis }: ArrayStartProps['array']): string {
  if (text !== '' && pfn === undefined) return 'a PFN: hex with 0x, or decimal'
  if (pfn === undefined) return `it has ${values} values, one for each page`
  const range = formatPfnRange(pfn, pfn + values)
  if (basis === 'given')
    return `${range}; asked again when the files are opened again: a note file of one line "start_pfn=${formatPfn(pfn)} end_pfn=${formatPfn(pfn + values)}" beside them is read instead`
  return `${range}; the files are read again with it`
}

/** `0xdc00` or `56320`; `undefined` for anything else. */
function parseStart(text: string): number | undefined {
  const pfn = Number(text.trim())
  return /^(0x[0-9a-f]+|\d+)$/i.test(text.trim()) && Number.isSafeInteger(pfn) ? pfn : undefined
}
