import { type ReactNode, useState } from 'react'
import { type SessionFile } from '../../../session/session-file.ts'
import { type SliceAnswer } from '../../../state/shared-answers.ts'
import { type Capture } from '../../../state/capture-store.ts'
import { type QueryState, shownOf } from '../../../state/use-query.ts'
import { Dialog } from '../dialog.tsx'
import { isRedacting, Redaction, type RedactChoice, REDACT_NOTHING } from './redaction.tsx'
import { personSaid, saidCounts, saidFor, useSaidHere } from './said-along.ts'
import { ShareAction } from './share-action.tsx'
import styles from './share-dialog.module.css'
import { isOfSlice, isText, SHARE_KINDS, SHARE_WORDS, type ShareKind, takesSaid } from './share-kinds.ts'
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
  readonly text: SharedText
  /** What people said of the capture that is open. */
  readonly saidHere: SessionFile | undefined
  /** Whether it goes along where it can. */
  readonly isSaidTaken: boolean
}

/** The finding as text, with the names that it leaves with. */
interface SharedText {
  /** The kind that is written. */
  readonly kind: ShareKind | undefined
  /** Undefined until it is as it leaves. */
  readonly text: string | undefined
  /** Why there is none, in words. */
  readonly problem: string
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
  const saidHere = useSaidHere(capture)
  const [isSaidTaken, setSaidTaken] = useState(true)
  const slice = useSharedSlice(about, link, redact, saidHere === undefined ? {} : { said: saidHere })
  const text = useFinalText({ kind, about, link, redact, slice, saidHere, isSaidTaken })
  const shared: Shared = { capture, about, link, slice, text, saidHere, isSaidTaken }
  const said = takesSaid(kind) ? saidFor(kind, shared) : undefined
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
      {said && (
        <label className={styles.said}>
          <input
            type="checkbox"
            checked={isSaidTaken}
            onChange={(event) => setSaidTaken(event.currentTarget.checked)}
          />{' '}
          what people said of it ({saidCounts(said)})
        </label>
      )}
      {(isOfSlice(kind) || isText(kind)) && found?.found === true && (
        <Redaction
          choice={redact}
          redactable={found.redactable}
          hasPeople={said !== undefined && isSaidTaken}
          onChange={setRedact}
        />
      )}
      <ShareAction key={kind} kind={kind} shared={shared} onKind={setKind} />
      <SharePreview kind={kind} shared={shared} />
    </Dialog>
  )
}

/** The text of a kind: written with what people said, then given other names where they are wanted. */
function useFinalText({
  kind,
  about,
  link,
  redact,
  slice,
  saidHere,
  isSaidTaken,
}: Pick<Shared, 'about' | 'link' | 'slice' | 'saidHere' | 'isSaidTaken'> & {
  readonly kind: ShareKind
  readonly redact: RedactChoice
}): SharedText {
  const made = slice.status === 'ready' && slice.value.found ? slice.value : undefined
  const wanted = isText(kind) ? kind : undefined
  // Of the slice, so that names of people are replaced before lines are broken.
  const isSaidKnown = about === undefined || saidHere === undefined || slice.status !== 'pending'
  const session = isSaidTaken ? personSaid(made?.said, about) : undefined
  const isRenamed = about !== undefined && isRedacting(redact)
  const format = isSaidKnown ? wanted : undefined
  const written = useSharedText(about, isRenamed ? undefined : format, session)
  const asked = isRenamed && format !== undefined ? about : undefined
  const renamed = useSharedSlice(asked, link, redact, {
    ...(format === undefined ? {} : { text: { format, ...(session === undefined ? {} : { session }) } }),
    ...(saidHere === undefined ? {} : { said: saidHere }),
  })
  if (wanted === undefined) return { kind: undefined, text: undefined, problem: '' }
  if (!isRenamed)
    return {
      kind,
      text: written.status === 'ready' ? written.value.text : undefined,
      problem: written.status === 'failed' ? written.error.message : '',
    }
  if (renamed.status === 'failed') return { kind, text: undefined, problem: renamed.error.message }
  const last = renamed.status === 'ready' && renamed.value.found ? renamed.value : undefined
  return { kind, text: last?.text, problem: last?.problem ?? '' }
}

interface KindsProps {
  readonly kind: ShareKind
  readonly shared: Shared
  /** Nothing is there that a slice could be of. */
  readonly isNone: boolean
  readonly onChange: (kind: ShareKind) => void
}

function Kinds({ kind, shared, isNone, onChange }: KindsProps): ReactNode {
  const usable = SHARE_KINDS.filter((one) => !isOfSlice(one) || !isNone)
  return (
    <fieldset className={styles.kinds}>
      <legend>What to share</legend>
      {usable.map((one) => (
        <label key={one} className={styles.kind}>
          <input
            type="radio"
            name="share-kind"
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
  return (
    <fieldset className={styles.abouts}>
      <legend>Of what</legend>
      {sharables.map(({ about, name: words }, place) => (
        <label key={about.kind}>
          <input type="radio" name="share-about" checked={place === at} onChange={() => onChange(place)} /> {words}
        </label>
      ))}
    </fieldset>
  )
}
