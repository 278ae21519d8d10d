import { type ReactNode, useState } from 'react'
import { type FileAnswer } from '../../../queries/overview.ts'
import styles from './files-view.module.css'

interface FileCardProps {
  readonly file: FileAnswer
  /** Of a few files everything is shown; of a whole folder only what is amiss. */
  readonly isOpenAtFirst: boolean
}

/** One file: what it is and where its lines went in one row; under it, on demand, what a person should know. */
export function FileCard({ file, isOpenAtFirst }: FileCardProps): ReactNode {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const { ledger } = file
  return (
    <article className={styles.file} aria-label={file.name}>
      <div className={`${styles.row} data`}>
        <h3 className="data">
          <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {file.name}
          </button>
        </h3>
        <span>{file.format === 'unknown' ? 'not read' : file.formatLabel}</span>
        <span className={styles.number}>{file.sizeBytes} bytes</span>
        <span className={styles.number}>
          {file.records} {file.isTrace ? 'events' : 'records'}
        </span>
        <span>
          {file.unit === 'record' ? 'entries: ' : 'lines: '}
          {ledger.parsed} parsed + {ledger.skipped} skipped + {ledger.rejected} rejected = {ledger.total}
          {!isBalanced(ledger) && <strong> — this does not add up, which is a fault of pinscope</strong>}
        </span>
      </div>
      {isOpen && <FileFacts file={file} />}
    </article>
  )
}

/** True when a person should see more than the row: it was not read, or not to its end, or lines were rejected. */
export function isAmiss({ format, damage, ledger }: FileAnswer): boolean {
  return format === 'unknown' || damage.length > 0 || ledger.rejected > 0
}

function FileFacts({ file }: { readonly file: FileAnswer }): ReactNode {
  return (
    <dl className={styles.facts}>
      <Fact name="SHA-256">{file.sha256}</Fact>
      {file.isCompressed && <Fact name="unpacked">{file.textBytes} bytes of text</Fact>}
      {file.skippedBy.length > 0 && (
        <Fact name="skipped">{file.skippedBy.map(({ why, lines }) => `${why} ${lines}`).join(' · ')}</Fact>
      )}
      {file.damage.length > 0 && <Fact name="damage">{file.damage.join(' ')}</Fact>}
      {file.notices.map((notice) => (
        <Fact key={notice} name="notice">
          {notice}
        </Fact>
      ))}
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

function isBalanced({ parsed, skipped, rejected, total }: FileAnswer['ledger']): boolean {
  return parsed + skipped + rejected === total
}
