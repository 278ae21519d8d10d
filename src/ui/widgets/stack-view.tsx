import { ExternalLink } from 'lucide-react'
import { type ReactNode, use, useState } from 'react'
import { CopyMenu } from './copy-menu.tsx'
import styles from './stack-view.module.css'
import { type Frame, frameFacts, frameText, SourceContext, stackTable, stackTexts } from './stack-copy.ts'

interface StackViewProps {
  /** Leaf first. */
  readonly frames: readonly Frame[]
  /** Whose stack it is: `get`, `put`, `allocation`. */
  readonly title?: string
  /** Why there is none, in words. */
  readonly absent?: string
  /** The line that it begins at, `trace.txt:8127`: what `l` opens. */
  readonly place?: string
}

/** A call stack, leaf first, nothing cut. Tracepoint plumbing is folded; the frame that names the holder is marked. */
export function StackView({ frames, title, absent = 'No stack was recorded.', place }: StackViewProps): ReactNode {
  const [isUnfolded, setIsUnfolded] = useState(false)
  if (frames.length === 0) return <p className={styles.absent}>{absent}</p>
  const hidden = frames.filter((frame) => frame.isInstrumentation).length
  const shown = isUnfolded ? frames : frames.filter((frame) => !frame.isInstrumentation)
  const name = title ? `stack of the ${title}` : 'stack'
  return (
    <section className={styles.box} aria-label={title ? `Stack of the ${title}` : 'Stack'} data-place={place}>
      <div className={styles.bar}>
        <h3 className={styles.heading}>{title ? `${title}: ` : ''}leaf first, callers below</h3>
        <CopyMenu name={name} texts={stackTexts(frames)} table={() => stackTable(frames, name)} />
      </div>
      {hidden > 0 && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isUnfolded}
          onClick={() => setIsUnfolded(!isUnfolded)}
        >
          {isUnfolded ? '▾' : '▸'} {hidden} {hidden === 1 ? 'frame' : 'frames'} of the tracepoint itself
        </button>
      )}
      <ol className={styles.frames}>
        {shown.map((frame, position) => (
          <li
            key={`${position} ${frame.text}`}
            className={styles.frame}
            data-plumbing={frame.isInstrumentation}
            data-holder={frame.isHolder}
          >
            <span className={styles.mark} aria-hidden="true">
              {frame.isHolder ? '▸' : ' '}
            </span>
            <span className={styles.text}>{frameText(frame)}</span>
            {frame.isHolder && <span className={styles.word}> holder</span>}
            <SourceLink frame={frame} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Leads to the frame's source, where the person has said how; nothing is asked of that place before it is pressed. */
function SourceLink({ frame }: { readonly frame: Frame }): ReactNode {
  const facts = frameFacts(frame)
  const address = use(SourceContext)(facts)
  if (address === undefined) return null
  return (
    <a className={styles.source} href={address} target="_blank" rel="noreferrer noopener" title={address}>
      <ExternalLink size={12} aria-hidden="true" />
      <span className={styles.hidden}>Source of {facts.symbol} (opens another site)</span>
    </a>
  )
}
