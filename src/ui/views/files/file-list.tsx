import { type CSSProperties, type ReactNode, useState } from 'react'
import { type FileAnswer } from '../../../queries/overview.ts'
import { mainFileOf } from '../../../state/capture-ref.ts'
import { useLongList } from '../../widgets/use-long-list.ts'
import { FileCard, FileColumns, isAmiss } from './file-card.tsx'
import styles from './files-view.module.css'

/** Files of which everything is shown at once. */
const MOST_OPEN = 6
/** More than these have a box of their own that scrolls, in which those in sight are drawn. */
const MOST_DRAWN = 100
/** A row, and what is shown under it as long as it is not measured, px. */
const ROW_PX = 20
const FACTS_PX = 72

interface ListedFile {
  readonly file: FileAnswer
  readonly isOpen: boolean
  readonly onFold: () => void
  readonly suggestedStart: number | undefined
}

/** Every file that was given with its account, however many they are. */
export function FileList({ files }: { readonly files: readonly FileAnswer[] }): ReactNode {
  // By index: a card that is scrolled away and back is as it was left.
  const [folds, setFolds] = useState<ReadonlyMap<number, boolean>>(new Map())
  const listed = inReadingOrder(files).map((file): ListedFile => {
    const isOpen = folds.get(file.index) ?? isOpenAtFirst(file, files.length)
    const onFold = (): void => setFolds(new Map(folds).set(file.index, !isOpen))
    return { file, isOpen, onFold, suggestedStart: startOfAlike(file, files) }
  })
  if (files.length > MOST_DRAWN) return <ManyFiles listed={listed} />
  return (
    <div className={styles.files}>
      <FileColumns />
      {listed.map((one) => (
        <FileCard key={one.file.index} {...one} />
      ))}
    </div>
  )
}

/** Of a few files everything is shown; of a folder what is amiss; of thousands not each why it is of no known kind. */
function isOpenAtFirst(file: FileAnswer, count: number): boolean {
  if (count <= MOST_OPEN) return true
  const isUnknownAlone = file.format === 'unknown' && file.damage.length === 0
  return isAmiss(file) && !(count > MOST_DRAWN && isUnknownAlone)
}

function ManyFiles({ listed }: { readonly listed: readonly ListedFile[] }): ReactNode {
  const { setViewport, shown, beforePx, behindPx, measure } = useLongList(listed.length, ROW_PX, (at) =>
    listed[at].isOpen ? ROW_PX + FACTS_PX : ROW_PX,
  )
  // As wide as the longest name, whichever names are in sight.
  const longest = listed.reduce((most, { file }) => Math.max(most, file.name.length), 0)
  const names: CSSProperties & Record<'--name-width', string> = { '--name-width': `${longest + 2}ch` }
  return (
    <section
      ref={setViewport}
      aria-label={`${listed.length} files`}
      className={`${styles.files} ${styles.many}`}
      style={names}
    >
      <FileColumns />
      <div className={styles.away} style={{ height: beforePx }} />
      {shown.map((at) => (
        <FileCard key={listed[at].file.index} {...listed[at]} measure={measure} position={at} />
      ))}
      <div className={styles.away} style={{ height: behindPx }} />
    </section>
  )
}

/** The file that the capture is named after first, what was not read last. */
function inReadingOrder(files: readonly FileAnswer[]): readonly FileAnswer[] {
  const main = mainFileOf(files)
  const rank = (file: FileAnswer): number => (file === main ? 0 : file.format === 'unknown' ? 2 : 1)
  return files.toSorted((one, other) => rank(one) - rank(other))
}

/** Where another array of as many values begins, if that is known. */
function startOfAlike({ index, array }: FileAnswer, files: readonly FileAnswer[]): number | undefined {
  if (array === undefined) return undefined
  const alike = files.find(
    (other) => other.index !== index && other.array?.values === array.values && other.array.startPfn !== undefined,
  )
  return alike?.array?.startPfn
}
