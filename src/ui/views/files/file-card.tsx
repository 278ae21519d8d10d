import { type ReactNode, type RefCallback } from 'react'
import { counted } from '../../../base/counted.ts'
import { type FileAnswer } from '../../../queries/overview.ts'
import { ArrayStart } from './array-start.tsx'
import { FileHashText } from './file-hash-text.tsx'
import styles from './files-view.module.css'

interface FileCardProps {
  readonly file: FileAnswer
  /** Of a few files everything is shown at first; of a whole folder only what is amiss. */
  readonly isOpen: boolean
  readonly onFold: () => void
  /** First PFN of another array of pages that has as many values. */
  readonly suggestedStart: number | undefined
  /** In a list of which only a part is drawn: its ref and where it is in it. */
  readonly measure?: RefCallback<HTMLElement>
  readonly position?: number
}

/** One file: what it is and where its lines went in one row; under it, on demand, what a person should know. */
export function FileCard({ file, isOpen, onFold, suggestedStart, measure, position }: FileCardProps): ReactNode {
  const { ledger } = file
  return (
    <article ref={measure} data-index={position} className={styles.file} aria-label={file.name}>
      <div className={`${styles.row} data`}>
        <h3 className="data">
          <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onFold}>
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {file.name}
          </button>
        </h3>
        <span>{file.format === 'unknown' ? 'not read' : file.formatLabel}</span>
        <span className={styles.number}>
          {file.sizeBytes}
          <span className={styles.hidden}> bytes</span>
        </span>
        <span className={styles.number}>{counted(file.records, file.isTrace ? 'event' : 'record')}</span>
        <Account ledger={ledger} unit={file.unit} />
      </div>
      {isOpen && <FileFacts file={file} suggestedStart={suggestedStart} />}
    </article>
  )
}

/** What the columns of the rows are. Each row says it too, for those who do not see the column. */
export function FileColumns(): ReactNode {
  return (
    <div className={`${styles.row} ${styles.columns} data`} aria-hidden="true">
      <span>file</span>
      <span>kind</span>
      <span className={styles.number}>bytes</span>
      <span className={styles.number}>records</span>
      <span className={styles.number}>parsed</span>
      <span className={styles.number}>+ skipped</span>
      <span className={styles.number}>+ rejected</span>
      <span className={styles.number}>= lines</span>
    </div>
  )
}

/** Where the lines went, as an equation: `81 parsed + 257 skipped + 0 rejected = 338 lines`. */
function Account({ ledger, unit }: Pick<FileAnswer, 'ledger' | 'unit'>): ReactNode {
  return (
    <span className={styles.account}>
      <span className={styles.number}>
        {ledger.parsed}
        <span className={styles.hidden}> parsed</span>
      </span>{' '}
      <span className={styles.number}>
        + {ledger.skipped}
        <span className={styles.hidden}> skipped</span>
      </span>{' '}
      <span className={styles.number}>
        + {ledger.rejected}
        <span className={styles.hidden}> rejected</span>
      </span>{' '}
      <span className={styles.number}>
        = {ledger.total} {unitWord(unit, ledger.total)}
      </span>
      {!isBalanced(ledger) && <strong> This does not add up, which is a fault of pinscope.</strong>}
    </span>
  )
}

/** True when a person should see more than the row: it was not read, or not to its end, or lines were rejected, or it asks. */
export function isAmiss(file: FileAnswer): boolean {
  const { format, damage, ledger } = file
  return format === 'unknown' || damage.length > 0 || ledger.rejected > 0 || asksStart(file)
}

/** True for an array of pages of which no file tells the first PFN for sure. */
function asksStart({ array }: FileAnswer): boolean {
  return array !== undefined && (array.basis === 'none' || array.basis === 'hole' || array.basis === 'given')
}

function FileFacts({ file, suggestedStart }: Pick<FileCardProps, 'file' | 'suggestedStart'>): ReactNode {
  return (
    <dl className={styles.facts}>
      <Fact name={file.hashName}>
        <FileHashText file={file} />
      </Fact>
      {file.isCompressed && (
        <Fact name="unpacked">
          {file.textBytes} bytes{file.unit === 'line' && ' of text'}
        </Fact>
      )}
      {file.skippedBy.length > 0 && (
        <Fact name="skipped">{file.skippedBy.map(({ why, lines }) => `${why} ${lines}`).join(' · ')}</Fact>
      )}
      {file.damage.length > 0 && <Fact name="damage">{file.damage.join(' ')}</Fact>}
      {file.notices.map((notice) => (
        <Fact key={notice} name="notice">
          {notice}
        </Fact>
      ))}
      {file.array && asksStart(file) && (
        <Fact name="first page">
          <ArrayStart file={file} array={file.array} suggestion={suggestedStart} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="data">{children}</dd>
    </div>
  )
}

function unitWord(unit: FileAnswer['unit'], count: number): string {
  if (unit === 'record') return count === 1 ? 'entry' : 'entries'
  return count === 1 ? 'line' : 'lines'
}

function isBalanced({ parsed, skipped, rejected, total }: FileAnswer['ledger']): boolean {
  return parsed + skipped + rejected === total
}
