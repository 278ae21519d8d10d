import { type ReactNode, useState } from 'react'
import styles from './stack-view.module.css'

/** One frame of a stack. */
export interface Frame {
  /** As printed: `leaky_ioctl+0x1a/0x60 [leaky]`. */
  readonly text: string
  /** Function of a frame that is printed as a bare address. */
  readonly resolved?: string
  readonly isInstrumentation: boolean
  readonly isHolder: boolean
}

interface StackViewProps {
  /** Leaf first. */
  readonly frames: readonly Frame[]
  /** Whose stack it is: `get`, `put`, `allocation`. */
  readonly title?: string
  /** Why there is none, in words. */
  readonly absent?: string
}

/** A call stack, leaf first, nothing cut. Tracepoint plumbing is folded; the frame that names the holder is marked. */
export function StackView({ frames, title, absent = 'No stack was recorded.' }: StackViewProps): ReactNode {
  const [isUnfolded, setIsUnfolded] = useState(false)
  const [copied, setCopied] = useState('')
  if (frames.length === 0) return <p className={styles.absent}>{absent}</p>
  const hidden = frames.filter((frame) => frame.isInstrumentation).length
  const shown = isUnfolded ? frames : frames.filter((frame) => !frame.isInstrumentation)
  const copy = () =>
    void navigator.clipboard.writeText(stackText(frames)).then(
      () => setCopied('copied'),
      () => setCopied('not allowed to copy: select the lines instead'),
    )
  return (
    <section className={styles.box} aria-label={title ? `Stack of the ${title}` : 'Stack'}>
      <div className={styles.bar}>
        <h3 className={styles.heading}>{title ? `${title}: ` : ''}leaf first, callers below</h3>
        <output className={styles.copied}>{copied}</output>
        <button type="button" className={styles.button} onClick={copy}>
          Copy
        </button>
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
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The stack as the kernel prints it in traces: one ` => frame` a line, leaf first. */
export function stackText(frames: readonly Frame[]): string {
  return frames.map((frame) => ` => ${frameText(frame)}\n`).join('')
}

function frameText({ text, resolved }: Frame): string {
  return resolved === undefined ? text : `${text} ${resolved}`
}
