import { type ReactNode } from 'react'
import { MOST_LINK_CHARACTERS } from '../../state/link-text.ts'
import { type RefusedSources } from '../../state/use-source-address.ts'
import { useLinkTrouble } from '../../state/use-link-trouble.ts'
import styles from './link-notice.module.css'
import screen from './screen.module.css'

/** Says which files of `?src=` are not fetched, and why. */
export function SourceNotice({ refused, dismiss }: RefusedSources): ReactNode {
  return (
    <div className={screen.notice} role="alert">
      <div className={styles.told}>
        <p>The address of this page names files that it does not fetch. None was opened.</p>
        {refused.map(({ written, why }) => (
          <p key={written}>
            <code className={styles.part}>{shortened(written)}</code>
            {why}.
          </p>
        ))}
      </div>
      <button type="button" className="link-button" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  )
}

/** Parts that are shown of those that were not understood, and characters of each. */
const MOST_PARTS = 12
const MOST_CHARACTERS = 80

/** Says what of a link was not understood: that it is of a newer pinscope, that it was cut, which parts say nothing. */
export function LinkNotice(): ReactNode {
  const told = useLinkTrouble()
  if (told === undefined) return null
  const { unread, mended, isCut, laterVersion } = told.trouble
  return (
    <div className={screen.notice} role="alert">
      <div className={styles.told}>
        {told.tooLong !== undefined && (
          <p>
            What stands behind the # is no link of pinscope: it has {told.tooLong} characters, and links have at most{' '}
            {MOST_LINK_CHARACTERS}. Nothing of it was read.
          </p>
        )}
        {laterVersion !== undefined && (
          <p>
            This link was made by a newer pinscope (links of version {laterVersion}). What this one understands of it is
            shown.
          </p>
        )}
        {isCut && (
          <p>
            The end of this link is missing: it was cut on its way, as mail programs do. What is there is shown; its
            last part may be cut, too. Ask for the whole link.
          </p>
        )}
        {unread.length > 0 && (
          <p>
            Not understood in this link:{' '}
            {unread.slice(0, MOST_PARTS).map((part) => (
              <code key={part} className={styles.part}>
                {shortened(part)}
              </code>
            ))}
            {unread.length > MOST_PARTS && `and ${unread.length - MOST_PARTS} more. `}
            The rest is shown.
          </p>
        )}
        {mended.length > 0 && (
          <p>
            Read without what does not belong to it (a break of a line, a point behind the link): {mended.join(', ')}.
          </p>
        )}
      </div>
      <button type="button" className="link-button" onClick={told.dismiss}>
        Dismiss
      </button>
    </div>
  )
}

function shortened(part: string): string {
  return part.length <= MOST_CHARACTERS ? part : `${part.slice(0, MOST_CHARACTERS)}… (${part.length} characters)`
}
