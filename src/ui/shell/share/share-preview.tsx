import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type SliceAnswer } from '../../../state/shared-answers.ts'
import { shownOf } from '../../../state/use-query.ts'
import { saidAlong, saidLines } from './said-along.ts'
import { type Shared } from './share-dialog.tsx'
import styles from './share-dialog.module.css'
import { isOfSlice, type ShareKind } from './share-kinds.ts'
import { addressOf } from './share-size.ts'

type MadeSlice = Extract<SliceAnswer, { found: true }>

interface SharePreviewProps {
  readonly kind: ShareKind
  readonly shared: Shared
}

/** Exactly what leaves. */
export function SharePreview({ kind, shared }: SharePreviewProps): ReactNode {
  const made = shownOf(shared.slice)
  if (isOfSlice(kind)) {
    if (made?.found !== true) return null
    return (
      <>
        {kind === 'report' && <Said kind={kind} shared={shared} />}
        <SlicePreview made={made} isStale={shared.slice.status === 'pending'} />
      </>
    )
  }
  if (kind === 'link') return <Text name="The link" text={addressOf(shared.link)} />
  if (kind === 'whole') return <WholePreview shared={shared} />
  return <Text name="The text" text={shared.text.text ?? ''} />
}

function SlicePreview({ made, isStale }: { readonly made: MadeSlice; readonly isStale: boolean }): ReactNode {
  const { slice, counts, here, classesLost } = made
  const differs = slice.told.filter((line) => !here.includes(line))
  const filled = slice.files.filter(({ text }) => text !== '')
  const empty = slice.files.length - filled.length
  return (
    <section className={styles.preview} aria-label="What is shared" data-stale={isStale}>
      <h3>What is shared</h3>
      <p>
        {counted(counts.events, 'event')}, {counts.stacks === 1 ? '1 stack' : `${counts.stacks} distinct stacks`},{' '}
        {counted(counts.tasks, 'task')}, {counted(counts.symbols, 'frame')} by name, in {counted(filled.length, 'file')}
        {empty > 0 && `; of ${counted(empty, 'other file')} the name, the size and the hash`}.
        {slice.leftOut !== undefined && ` Left out: ${slice.leftOut.join('; ')}.`}
      </p>
      {classesLost.length > 0 && (
        <p className={styles.warning}>
          With these names references are classed otherwise: {classesLost.join(', ')}. What was told on the whole
          capture goes along.
        </p>
      )}
      {differs.length > 0 && (
        <div className={styles.warning}>
          <p>
            The slice alone does not say all that the whole capture does. Told on the whole capture, and goes along:
          </p>
          <Lines lines={differs} />
        </div>
      )}
      <table className={`${styles.files} data`}>
        <caption className={styles.hidden}>Files and how much of each is shared</caption>
        <thead>
          <tr>
            <th scope="col">file</th>
            <th scope="col">lines shared</th>
            <th scope="col">of</th>
          </tr>
        </thead>
        <tbody>
          {slice.files.map((file, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- files of one name are told apart by their place
            <tr key={at}>
              <td>{file.name}</td>
              <td>{linesOf(file)}</td>
              <td>{counted(file.lines, file.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text name="Exactly this text" text={exactText(slice)} />
    </section>
  )
}

function linesOf({ spans }: MadeSlice['slice']['files'][number]): number {
  return spans.reduce((sum, [first, last]) => sum + last - first + 1, 0)
}

/** All that is in the payload, as a person reads it: every text of it, and the lines with their numbers. */
function exactText({ about, link, redacted, told, leftOut, files }: MadeSlice['slice']): string {
  const head = [
    `about: ${about.kind === 'page' ? `page ${about.pfn}` : `failed range ${about.failure}`}`,
    `link: ${link}`,
    `redacted: ${redacted.length === 0 ? 'nothing' : redacted.join(', ')}`,
    ...(leftOut ?? []).map((line) => `left out: ${line}`),
    ...told.map((line) => `told: ${line}`),
  ]
  const bodies = files.map(
    ({ name, sizeBytes, sha256, format, text }) =>
      `\n${name}, ${sizeBytes} bytes, SHA-256 ${sha256 === '' ? 'not known' : sha256}${format === undefined ? '' : `, ${format}`}${text === '' ? '' : `\n${text}`}`,
  )
  return [...head, ...bodies].join('\n')
}

function WholePreview({ shared }: { readonly shared: Shared }): ReactNode {
  const { files } = shared.capture.overview
  return (
    <section className={styles.preview} aria-label="What is shared">
      <h3>What is shared</h3>
      <p>All of {counted(files.length, 'file')}, as they are. Nothing is redacted.</p>
      <Lines lines={files.map(({ name, sizeBytes }) => `${name}, ${sizeBytes} bytes`)} />
      <Said kind="whole" shared={shared} />
    </section>
  )
}

/** What people said, which a report takes along. */
function Said({ kind, shared }: SharePreviewProps): ReactNode {
  const said = saidAlong(kind, shared)
  if (said === undefined) return null
  return (
    <section className={styles.preview} aria-label="What people said">
      <h3>What people said</h3>
      <p>Words that people wrote may tell more than names: read them before they leave.</p>
      <Lines lines={[...new Set(saidLines(said))]} />
    </section>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <ul className={`${styles.lines} data`}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Text({ name, text }: { readonly name: string; readonly text: string }): ReactNode {
  return (
    <section
      className={`${styles.text} data`}
      aria-label={name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the arrow keys
      tabIndex={0}
    >
      {text}
    </section>
  )
}
