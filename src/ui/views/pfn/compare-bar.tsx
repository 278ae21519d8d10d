import { type FormEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { parsePfnSpans } from '../../../base/pfn-spans.ts'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { type CompareOffers } from './compare-offers.ts'
import styles from './compare.module.css'
import { type Compared } from './use-compared.ts'

interface CompareBarProps {
  readonly compared: Compared
  readonly offers: CompareOffers | undefined
  /** What the key `c` leads to. */
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** Offered one by one; more are counted, and can be typed. */
const MOST_OFFERED = 6

/** Which pages to draw under this one: typed, or offered because they blocked the same range or have the same holder. */
export function CompareBar({ compared, offers, inputRef }: CompareBarProps): ReactNode {
  const id = useId()
  const [draft, setDraft] = useState('')
  const [objection, setObjection] = useState('')
  const isFull = compared.room === 0
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const typed = pfnsOf(draft, compared.room)
    setObjection(typed.objection)
    if (typed.pfns.length === 0) return
    compared.add(typed.pfns)
    setDraft('')
  }
  return (
    <section className={styles.bar} aria-label="Compare with other pages" data-picture="none">
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor={id}>compare with</label>
        <input
          ref={inputRef}
          id={id}
          className={styles.input}
          type="text"
          spellCheck={false}
          autoComplete="off"
          placeholder="0x17aca, 0x17acb"
          value={draft}
          disabled={isFull}
          aria-invalid={objection !== ''}
          aria-describedby={`${id}-said`}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            // The keys of the screen are there again.
            event.currentTarget.blur()
            event.stopPropagation()
          }}
          onChange={(event) => {
            setDraft(event.currentTarget.value)
            setObjection('')
          }}
        />
        <KeyHint keys={['c']} />
      </form>
      <output id={`${id}-said`} className={styles.said}>
        {objection !== '' ? objection : isFull ? 'eight pages are as many as are drawn together' : ''}
      </output>
      {!isFull && offers && (
        <>
          <Offer words="same holder" pfns={offers.sameHolder} onAdd={compared.add} />
          <Offer words="blocks the same range" pfns={offers.sameRange} onAdd={compared.add} />
        </>
      )}
      {compared.pfns.length > 0 && (
        <button type="button" className="link-button" title="Remove all  C" onClick={compared.clear}>
          Remove all {compared.pfns.length}
        </button>
      )}
    </section>
  )
}

interface OfferProps {
  readonly words: string
  readonly pfns: readonly number[]
  readonly onAdd: (pfns: readonly number[]) => void
}

function Offer({ words, pfns, onAdd }: OfferProps): ReactNode {
  if (pfns.length === 0) return undefined
  const more = pfns.length - MOST_OFFERED
  return (
    <span className={styles.offer}>
      {words}:{' '}
      {pfns.slice(0, MOST_OFFERED).map((pfn) => (
        <button
          key={pfn}
          type="button"
          className="link-button data"
          aria-label={`Compare with ${formatPfn(pfn)}, ${words}`}
          onClick={() => onAdd([pfn])}
        >
          {formatPfn(pfn)}
        </button>
      ))}
      {pfns.length > 1 && (
        <button type="button" className="link-button" onClick={() => onAdd(pfns)}>
          {more > 0 ? `all that fit of ${pfns.length}` : `all ${pfns.length}`}
        </button>
      )}
    </span>
  )
}

/** PFNs that were typed, ranges page by page, as many as there is room for; else what is wrong. */
export function pfnsOf(text: string, room: number): { readonly pfns: readonly number[]; readonly objection: string } {
  const spans = parsePfnSpans(text)
  if (!spans.ok) return { pfns: [], objection: spans.error }
  const pages = spans.value.reduce((sum, { startPfn, endPfn }) => sum + endPfn - startPfn, 0)
  if (pages === 0) return { pfns: [], objection: 'write a PFN: 0x17aca' }
  if (pages > room) return { pfns: [], objection: `${pages} pages, but there is room for ${room}` }
  return {
    pfns: spans.value.flatMap(({ startPfn, endPfn }) =>
      Array.from({ length: endPfn - startPfn }, (_, at) => startPfn + at),
    ),
    objection: '',
  }
}
