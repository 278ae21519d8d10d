import { type ReactNode } from 'react'
import { isLocalPage, LOCAL_LINK_WORDS } from '../../state/link-address.ts'
import { useHashing } from '../../state/use-trace.ts'
import { Dialog } from './dialog.tsx'
import styles from './screen.module.css'

/** What became of the copying; `manual` when the browser does not let pages write to the clipboard. */
export type CopyOutcome = 'copied' | 'manual'

/** Why a link names its file by samples: hashing was stopped or lost, there is no hash, or it is a link that was opened. */
export type SampledWhy = 'put_off' | 'none' | 'asked'

export interface CopiedLinkProps {
  readonly link: string
  readonly outcome: CopyOutcome
  /** Given when the link names its file by its size and samples. */
  readonly sampled?: SampledWhy
  readonly onClose: () => void
}

/** Shows the link, selected, so that it can be copied by hand as well. */
export function CopiedLink({ link, outcome, sampled, onClose }: CopiedLinkProps): ReactNode {
  const word = outcome === 'copied' ? 'Link copied' : 'Copy this link'
  return (
    <Dialog onClose={onClose} title={word} size="wide">
      <textarea
        className={`${styles.link} data`}
        readOnly
        rows={4}
        aria-label="Link to this view"
        value={link}
        data-autofocus
        onFocus={(event) => event.target.select()}
      />
      <p>
        {outcome === 'copied' ? 'It is on the clipboard. ' : 'If it is not on the clipboard yet, press Ctrl+C. '}
        The link holds where to look, not the trace: whoever opens it needs the same file.
      </p>
      {isLocalPage() && <p>{LOCAL_LINK_WORDS}</p>}
      {sampled && <SampledWords why={sampled} />}
    </Dialog>
  )
}

function SampledWords({ why }: { readonly why: SampledWhy }): ReactNode {
  const isLost = useHashing()?.isLost === true
  return (
    <p>
      It knows its file by size and samples alone, {why === 'put_off' && isLost ? WHY_SAMPLED.lost : WHY_SAMPLED[why]}
    </p>
  )
}

const WHY_SAMPLED: Readonly<Record<SampledWhy | 'lost', string>> = {
  none: 'for there is no hash of the file: the screen Files says why. Open the file again for a link that is sure of it.',
  put_off:
    'for hashing was stopped before it was done. Let it go on at the screen Files and copy the link again, for one that is ' +
    'sure of it.',
  lost:
    'for what read the files ended unexpectedly before the file was hashed. Open the files again for a link that is sure ' +
    'of it.',
  asked: 'as the link that was opened did: it is that link, for what is open is not known to be its file.',
}
