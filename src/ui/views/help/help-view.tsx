import { type MouseEvent, type ReactNode } from 'react'
import { type HelpTopic } from '../../../state/links/help-link.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import { EmbeddingChapter } from './embedding-chapter.tsx'
import { FilterChapter } from './filter-chapter.tsx'
import { FormatsChapter } from './formats-chapter.tsx'
import styles from './help-view.module.css'
import { KeysChapter } from './keys-chapter.tsx'
import { LimitsChapter } from './limits-chapter.tsx'
import { LinksChapter } from './links-chapter.tsx'
import { MethodChapter } from './method-chapter.tsx'

const CHAPTERS: readonly { readonly id: HelpTopic; readonly title: string; readonly text: () => ReactNode }[] = [
  { id: 'keys', title: 'Keys', text: KeysChapter },
  { id: 'filter', title: 'Filter language', text: FilterChapter },
  { id: 'method', title: 'How a holder is inferred', text: MethodChapter },
  { id: 'formats', title: 'What each file adds', text: FormatsChapter },
  { id: 'links', title: 'Links', text: LinksChapter },
  { id: 'embedding', title: 'Embedding', text: EmbeddingChapter },
  { id: 'limits', title: 'Limits and privacy', text: LimitsChapter },
]

/** Everything that the page can do and how it comes to its answers: one text, so that the browser finds and prints it. */
export function HelpView(): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const go = (event: MouseEvent, helpTopic: HelpTopic): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    setView({ helpTopic }, { replace: true })
    document.getElementById(`help-${helpTopic}`)?.focus()
  }
  return (
    <div className={styles.view}>
      <nav className={styles.contents} aria-label="Chapters">
        <ol>
          {CHAPTERS.map(({ id, title }) => (
            <li key={id}>
              <a
                href={linkTo({ ...view, view: 'help', helpTopic: id })}
                aria-current={view.helpTopic === id ? 'true' : undefined}
                onClick={(event) => go(event, id)}
              >
                {title}
              </a>
            </li>
          ))}
        </ol>
        <p className={styles.dim}>
          <kbd>Esc</kbd> or <kbd>?</kbd> leads back. The browser’s own search finds everything here.
        </p>
      </nav>
      <div className={styles.text}>
        {CHAPTERS.map(({ id, title, text: Text }) => (
          <section key={id} aria-labelledby={`help-${id}`} ref={view.helpTopic === id ? intoSight : undefined}>
            <h2 id={`help-${id}`} tabIndex={-1}>
              {title}
            </h2>
            <Text />
          </section>
        ))}
      </div>
    </div>
  )
}

function intoSight(chapter: HTMLElement | null): void {
  chapter?.scrollIntoView?.({ block: 'start' })
}
