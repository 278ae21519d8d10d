import { type ReactNode, useId, useState } from 'react'
import { type BugReportAnswer, type SliceAnswer } from '../../../state/shared-answers.ts'
import { type Capture } from '../../../state/capture-store.ts'
import { type QueryState, shownOf } from '../../../state/use-query.ts'
import { Dialog } from '../dialog.tsx'
import { Redaction, type RedactChoice, REDACT_NOTHING } from './redaction.tsx'
import { ShareAction } from './share-action.tsx'
import styles from './share-dialog.module.css'
import { isOfSlice, SHARE_KINDS, SHARE_WORDS, type ShareKind } from './share-kinds.ts'
import { SharePreview } from './share-preview.tsx'
import { sizeText } from './share-size.ts'
import {
  type Sharable,
  type SharedAbout,
  useSharables,
  useSharedLink,
  useSharedSlice,
  useSharedText,
} from './use-shared.ts'

interface ShareDialogProps {
  readonly capture: Capture
  readonly onClose: () => void
}

/** What is known of each thing that can be shared. */
export interface Shared {
  readonly capture: Capture
  readonly about: SharedAbout | undefined
  readonly link: string
  readonly slice: QueryState<SliceAnswer>
  readonly text: QueryState<BugReportAnswer>
}

/** The kinds of sharing, with the size of each before anything is copied, and exactly what leaves. */
export function ShareDialog({ capture, onClose }: ShareDialogProps): ReactNode {
  const known = useSharables()
  const sharables = known ?? []
  const [chosen, setKind] = useState<ShareKind>('carrying')
  const isNone = known?.length === 0
  const kind = isNone && isOfSlice(chosen) ? 'link' : chosen
  const [aboutAt, setAboutAt] = useState(0)
  const [redact, setRedact] = useState<RedactChoice>(REDACT_NOTHING)
  const about = sharables.at(aboutAt)?.about
  const link = useSharedLink(capture, about)
  const slice = useSharedSlice(about, link, redact)
  const text = useSharedText(about, kind === 'text' || kind === 'markdown' || kind === 'json' ? kind : undefined)
  const shared: Shared = { capture, about, link, slice, text }
  const found = shownOf(slice)
  return (
    <Dialog title="Share" onClose={onClose} size="wide">
      <p className={styles.dim}>
        Nothing is sent by this page: what you choose is put on the clipboard, or saved as a file.
      </p>
      <div className={styles.choices}>
        <Kinds kind={kind} shared={shared} isNone={isNone} onChange={setKind} />
        {sharables.length > 1 && kind !== 'whole' && (
          <Abouts sharables={sharables} at={aboutAt} onChange={setAboutAt} />
        )}
        {isNone && <p>Select a failed range or a page: then the lines that prove what is told of it can be shared.</p>}
      </div>
      {isOfSlice(kind) && found?.found === true && (
        <Redaction choice={redact} redactable={found.redactable} onChange={setRedact} />
      )}
      <ShareAction key={kind} kind={kind} shared={shared} onKind={setKind} />
      <SharePreview kind={kind} shared={shared} />
    </Dialog>
  )
}

interface KindsProps {
  readonly kind: ShareKind
  readonly shared: Shared
  /** Nothing is there that a slice could be of. */
  readonly isNone: boolean
  readonly onChange: (kind: ShareKind) => void
}

function Kinds({ kind, shared, isNone, onChange }: KindsProps): ReactNode {
  const name = useId()
  const usable = SHARE_KINDS.filter((one) => !isOfSlice(one) || !isNone)
  return (
    <fieldset className={styles.kinds}>
      <legend>What to share</legend>
      {usable.map((one) => (
        <label key={one} className={styles.kind}>
          <input
            type="radio"
            name={name}
            checked={one === kind}
            data-autofocus={one === kind ? '' : undefined}
            onChange={() => onChange(one)}
          />
          <span>
            <span className={styles.label}>{SHARE_WORDS[one].label}</span> {SHARE_WORDS[one].about}
          </span>
          <span className={`${styles.size} data`}>{sizeText(one, shared)}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface AboutsProps {
  readonly sharables: readonly Sharable[]
  readonly at: number
  readonly onChange: (at: number) => void
}

function Abouts({ sharables, at, onChange }: AboutsProps): ReactNode {
  const name = useId()
  return (
    <fieldset className={styles.abouts}>
      <legend>Of what</legend>
      {sharables.map(({ about, name: words }, place) => (
        <label key={about.kind}>
          <input type="radio" name={name} checked={place === at} onChange={() => onChange(place)} /> {words}
        </label>
      ))}
    </fieldset>
  )
}
