import { type ReactNode } from 'react'
import { type FileAnswer } from '../../../queries/overview.ts'
import styles from './files-view.module.css'

/** One file: what it is, where its lines went, and what a person should know. */
export function FileCard({ file }: { readonly file: FileAnswer }): ReactNode {
  const { ledger } = file
  return (
    <article className={styles.file} aria-label={file.name}>
      <h3 className="data">{file.name}</h3>
      <dl className={styles.facts}>
        <Fact name="format">{file.format === 'unknown' ? 'not known: no reader took it' : file.formatLabel}</Fact>
        <Fact name="size">{sizeText(file)}</Fact>
        <Fact name="SHA-256">{file.sha256}</Fact>
        <Fact name={file.isTrace ? 'events' : 'records'}>{file.records}</Fact>
        <Fact name={file.unit === 'record' ? 'entries' : 'lines'}>
          {ledger.parsed} parsed + {ledger.skipped} skipped + {ledger.rejected} rejected = {ledger.total}
          {!isBalanced(ledger) && <strong> — this does not add up, which is a fault of pinscope</strong>}
        </Fact>
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
    </article>
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

function sizeText({ sizeBytes, textBytes, isCompressed }: FileAnswer): string {
  return isCompressed ? `${sizeBytes} bytes, ${textBytes} bytes of text` : `${sizeBytes} bytes`
}

function isBalanced({ parsed, skipped, rejected, total }: FileAnswer['ledger']): boolean {
  return parsed + skipped + rejected === total
}
