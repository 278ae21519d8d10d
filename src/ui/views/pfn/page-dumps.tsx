import { type ReactNode } from 'react'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink, placeText } from '../../widgets/place-link.tsx'
import styles from './pfn-view.module.css'

/** What the dumps beside the trace say of the page, and where it lies, each with the lines that say so. */
export function PageDumps({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  const [, setView] = useView()
  const all = [...facts.states, ...facts.whereabouts]
  if (all.length === 0) return undefined
  return (
    <ul className={styles.failures} aria-label="What other dumps say of the page">
      {all.map((fact) => (
        <li key={fact.text} className={styles.fact}>
          {fact.text}{' '}
          {fact.places.map((place) => (
            <span key={placeText(place)}>
              <PlaceLink place={place} onOpen={(at) => setView({ event: formatPlace(at) })} />{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
