import { Button } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import {
  type CaptureRef,
  hasAskedName,
  identityWords,
  mainFileOf,
  refWords,
  unknowableOf,
} from '../../state/capture-ref.ts'
import { useKeptIndexes } from '../../state/use-kept-indexes.ts'
import { type KeptForLink, useKeptStatus } from '../../state/use-kept-link.ts'
import { uselessWords } from '../kept/kept-words.ts'
import { WaysIn } from './empty-screen.tsx'
import { HashingBar } from './hashing-bar.tsx'
import styles from './screen.module.css'

interface AskedScreenProps {
  readonly asked: CaptureRef
  readonly onChooseFiles: () => void
  readonly onChooseFolder: () => void
  /** Given when the link is about the example that comes with the page. */
  readonly onExample?: () => void
}

/** A link was opened and its file is not here: asks for it. The link stays as it is. */
export function AskedScreen({ asked, ...ways }: AskedScreenProps): ReactNode {
  const [{ useless }] = useKeptIndexes()
  return (
    <div className={styles.screen}>
      <h1 className={styles.answer}>
        This link is about <span className="data">{asked.fileName}</span>
      </h1>
      <p>
        Drop that file here, with its companions (page_owner, dmesg, window) if there were any. It{' '}
        {asked.sizeBytes !== undefined && (
          <>
            has <span className="data">{asked.sizeBytes}</span> bytes, and{' '}
          </>
        )}
        is known by its content: {asked.isSampled === true ? 'that of its size and samples' : 'SHA-256'} begins with{' '}
        <span className="data">{asked.hash}</span>. Its name does not matter
        {asked.fileName.endsWith('..') && ', and its end is cut off in the link'}.
      </p>
      <WaysIn {...ways} />
      <p className={styles.dim}>
        {KEPT_WORDS[useKeptStatus(asked)]} {uselessWords(useless)}
      </p>
      <p className={styles.dim}>The link holds no trace data, only where to look. Nothing leaves this machine.</p>
    </div>
  )
}

const KEPT_WORDS: Readonly<Record<KeptForLink, string>> = {
  looking: 'Looking whether this browser keeps it…',
  found: 'This browser keeps an index of it.',
  absent: 'It is not among the captures that this browser keeps an index of.',
  off: 'Indexes are not kept in this browser, so that it cannot be opened without the file.',
  unavailable: 'This browser keeps no indexes here, so that it cannot be opened without the file.',
}

interface CheckingScreenProps {
  readonly asked: CaptureRef
  readonly files: OverviewAnswer['files']
  readonly onOpenAnyway: () => void
}

/** A large file came, and it is not known yet whether it is the one that the link is about. */
export function CheckingScreen({ asked, files, onOpenAnyway }: CheckingScreenProps): ReactNode {
  const unknown = files.filter(({ hash }) => hash.kind === 'put_off')
  return (
    <div className={styles.screen}>
      <h1 className={styles.answer}>
        This link is about <span className="data">{asked.fileName}</span>
      </h1>
      <p>
        What came was read. Whether it is that file, whose SHA-256 begins with{' '}
        <span className="data">{asked.hash}</span>, is known when its whole content is hashed.
      </p>
      {unknown.map((file) => (
        <HashingBar key={file.index} file={file} />
      ))}
      <Button size="compact-md" variant="default" onClick={onOpenAnyway}>
        Open it anyway as a new capture
      </Button>
    </div>
  )
}

interface UnknowableScreenProps extends CheckingScreenProps {
  readonly onTakeAsAsked: () => void
  readonly onChooseFiles: () => void
  readonly onChooseFolder: () => void
}

/** Nobody can tell whether what came is what the link asks for: says why, and leaves it to the person. */
export function UnknowableScreen({
  asked,
  files,
  onTakeAsAsked,
  onOpenAnyway,
  ...ways
}: UnknowableScreenProps): ReactNode {
  return (
    <div className={styles.screen} role="alert">
      <h1 className={styles.answer}>It cannot be known whether this is the file that the link is about</h1>
      <dl>
        <dt>asked for</dt>
        <dd className="data">{refWords(asked)}</dd>
        {unknowableOf(asked, files).map(({ file, why }) => (
          <Fragment key={file.index}>
            <dt>what came</dt>
            <dd>
              <span className="data">{file.name}</span>: {why}
            </dd>
          </Fragment>
        ))}
      </dl>
      <p>
        Places in a link mean nothing in another file. Drop the asked file, or say what this one is: if you know that it
        is the asked one, it is shown at the places of the link.
      </p>
      <WaysIn {...ways} />
      <div className={styles.buttons}>
        <Button size="compact-md" variant="default" onClick={onOpenAnyway}>
          Open it anyway as a new capture
        </Button>
        <Button size="compact-md" variant="default" onClick={onTakeAsAsked}>
          It is the asked file: show the places of the link
        </Button>
      </div>
    </div>
  )
}

interface RefusedScreenProps {
  readonly asked: CaptureRef
  readonly files: OverviewAnswer['files']
  readonly onOpenAnyway: () => void
  readonly onChooseFiles: () => void
  readonly onChooseFolder: () => void
}

/** Another file came than the link asks for: says which, and leaves the choice. */
export function RefusedScreen({ asked, files, onOpenAnyway, ...ways }: RefusedScreenProps): ReactNode {
  const came = mainFileOf(files)
  return (
    <div className={styles.screen} role="alert">
      <h1 className={styles.answer}>This is not the file that the link is about</h1>
      <dl>
        <dt>asked for</dt>
        <dd className="data">{refWords(asked)}</dd>
        <dt>what came</dt>
        <dd className="data">
          {came ? identityWords(came) : 'no readable file'}
          {files.length > 1 && ` and ${files.length - 1} more`}
        </dd>
      </dl>
      <p>
        {came !== undefined && hasAskedName(asked, came) && 'The name is the same, the content is another. '}
        Places in a link mean nothing in another file. Drop the asked file, or open this one by itself.
      </p>
      <WaysIn {...ways} />
      <Button size="compact-md" variant="default" onClick={onOpenAnyway}>
        Open it anyway as a new capture
      </Button>
    </div>
  )
}
