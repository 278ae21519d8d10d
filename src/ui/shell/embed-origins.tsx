import { type ReactNode, useId, useState } from 'react'
import { embedOriginsOf, MOST_EMBED_ORIGINS, originProblem } from '../../state/embed-origins.ts'
import { useRefusedMessages } from '../../state/refused-messages.ts'
import { useSettings } from '../../state/settings-store.ts'
import styles from './settings-dialog.module.css'

/** Which pages may open captures here by messages. None, until a person names one. */
export function EmbedOrigins(): ReactNode {
  const [{ embedOrigins }, change] = useSettings()
  const refused = useRefusedMessages()
  const [draft, setDraft] = useState(embedOrigins.join('\n'))
  const fieldId = useId()
  const noteId = useId()
  const lines = linesOf(draft)
  const problems = lines.map((line) => ({ line, problem: originProblem(line) })).filter(({ problem }) => problem !== '')
  const write = (text: string): void => {
    setDraft(text)
    change({ embedOrigins: embedOriginsOf(linesOf(text)) })
  }
  return (
    <div className={styles.source}>
      <label htmlFor={fieldId}>Pages that may open captures here</label>
      <textarea
        id={fieldId}
        className={`text-input data ${styles.origins}`}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        placeholder="none: messages of other pages are refused"
        aria-describedby={noteId}
        aria-invalid={problems.length > 0}
        value={draft}
        onChange={(event) => write(event.target.value)}
      />
      <output id={noteId} className={styles.note}>
        {problems.map(({ line, problem }) => (
          <span key={line}>
            Not taken: <span className="data">{line}</span>, {problem}.{' '}
          </span>
        ))}
        {lines.length > MOST_EMBED_ORIGINS && `At most ${MOST_EMBED_ORIGINS} are taken. `}
        {embedOrigins.length === 0 ? 'None. ' : `${embedOrigins.length} allowed. `}
        {refused.map(({ origin, count }) => (
          <span key={origin}>
            {count} {count === 1 ? 'message' : 'messages'} from <span className="data">{origin}</span>{' '}
            {count === 1 ? 'was' : 'were'} refused.{' '}
          </span>
        ))}
      </output>
      <p className={styles.dim}>
        One origin a line, like <code>https://ci.example.org</code>. Such a page can put files and links into pinscope
        where it embeds or opens it; it is told names, sizes, hashes and counts of lines of what is open, and the link.
        See Embedding in the help.
      </p>
    </div>
  )
}

function linesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((line) => line !== ''))]
}
