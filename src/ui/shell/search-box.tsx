import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useEffectEvent, useId, useState } from 'react'
import { type SearchAnswer, type SearchHit } from '../../queries/search.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { useAskPageAhead } from '../timeline/use-page-ahead.ts'
import styles from './search-box.module.css'
import { destinationOf, KIND_WORDS } from './search-destination.ts'

const LIMIT = 12

/** The one search box: `/` focuses it, arrows choose, Enter goes, Esc leaves. */
export function SearchBox({ inputRef }: { readonly inputRef: Ref<HTMLInputElement> }): ReactNode {
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [chosen, setChosen] = useState(0)
  const [view, setView] = useView()
  const listId = useId()
  const wanted = text.trim()
  const state = useQuery('search', wanted === '' ? undefined : { text: wanted, limit: LIMIT })
  const answer = wanted === '' ? undefined : shownOf(state)
  const hits = answer?.hits ?? []
  const isListed = isOpen && wanted !== '' && (answer !== undefined || state.status === 'failed')
  // A page is asked about when it is highlighted: Enter follows a moment later, and finds it known.
  const next = isListed && state.status === 'ready' && hits[chosen] ? destinationOf(hits[chosen]) : undefined
  const askPageAhead = useAskPageAhead()
  const askAhead = useEffectEvent((pfn: number) => askPageAhead(pfn, { ...view, ...next }))
  useEffect(() => {
    if (next?.pfn !== undefined) void askAhead(next.pfn)
  }, [next?.pfn])

  const go = (hit: SearchHit): void => {
    setView(destinationOf(hit))
    setIsOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown') setChosen((at) => Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setChosen((at) => Math.max(at - 1, 0))
    // Enter takes what is shown for this very text, never a stale hit.
    else if (event.key === 'Enter' && state.status === 'ready' && hits[chosen]) {
      go(hits[chosen])
      // The keys are the screen's again.
      event.currentTarget.blur()
    } else if (event.key === 'Escape') leave(event.currentTarget, isListed, () => setIsOpen(false))
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.box}>
      <input
        ref={inputRef}
        className={`text-input data ${styles.input}`}
        type="text"
        role="combobox"
        aria-label="Search: PFN, physical address, range, symbol, comm, pid, event, file:line"
        aria-expanded={isListed}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isListed && hits[chosen] ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="0x17ac9 · range · symbol · comm · pid · event · file:line"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setIsOpen(true)
          setChosen(0)
        }}
        onFocus={(event) => {
          event.target.select()
          setIsOpen(true)
        }}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd className={`key-cap ${styles.key}`} aria-hidden="true">
        /
      </kbd>
      {isListed && (
        <div className={styles.panel}>
          <HitList id={listId} hits={hits} chosen={chosen} onChoose={go} />
          <output className={styles.reading}>
            {noteOf(state.status === 'failed' ? state.error.message : undefined, answer)}
          </output>
        </div>
      )}
    </div>
  )
}

interface HitListProps {
  readonly id: string
  readonly hits: readonly SearchHit[]
  readonly chosen: number
  readonly onChoose: (hit: SearchHit) => void
}

function HitList({ id, hits, chosen, onChoose }: HitListProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- a select cannot show kinds and details
    <div id={id} role="listbox" aria-label="Found" className={styles.list}>
      {hits.map((hit, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- the input keeps the focus and has the keys
        <div
          key={`${hit.kind} ${hit.label} ${hit.detail}`}
          id={`${id}-${at}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list
          role="option"
          aria-selected={at === chosen}
          className={`list-option ${styles.hit}`}
          // The input keeps the focus, or the list would close before the click.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(hit)}
        >
          <span className={styles.kind}>{KIND_WORDS[hit.kind]}</span>
          <span className="data">{hit.label}</span>
          <span className={styles.detail}>{hit.detail}</span>
        </div>
      ))}
    </div>
  )
}

function noteOf(problem: string | undefined, answer: SearchAnswer | undefined): string {
  if (problem !== undefined) return problem
  if (!answer) return ''
  const found = answer.hits.length === 0 ? 'Nothing by that name in these files.' : ''
  return [answer.reading, found].filter((part) => part !== '').join(' ')
}

/** Esc closes the list first, then leaves the box. */
function leave(input: HTMLInputElement, isListed: boolean, close: () => void): void {
  if (isListed) close()
  else input.blur()
}
