import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type OwnersAnswer, type OwnerSumsAnswer } from '../../../queries/owners/owners.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { groupingWords } from './grouping-words.ts'
import { kibOf } from './number-column.ts'
import styles from './owners-view.module.css'

/** What the groups add up to, by which size of a page, and what ages are measured against. */
export function OwnerTotals({ answer }: { readonly answer: OwnersAnswer | undefined }): ReactNode {
  const [, setView] = useView()
  if (answer === undefined) return <p className={styles.totals}>Adding up…</p>
  const { sums, all, groups, grouping, freed, age } = answer
  const isFiltered = sums.pages !== all.pages
  return (
    <p className={styles.totals}>
      <output>
        {counted(groups, groupName(grouping, groups))} · {sumText(sums)}
        {isFiltered && ` of ${sumText(all)}`}
      </output>
      <span>{pageSizeWords(answer)}</span>
      {freed > 0 && <span>{counted(freed, 'record')} left out: freed after allocation (free_ts)</span>}
      {age !== undefined && age.ts < 0 && <span>ages unknown: {age.text}</span>}
      {age !== undefined && age.ts >= 0 && (
        <span>
          ages to {age.text}{' '}
          {age.place && <PlaceLink place={age.place} onOpen={(place) => setView({ event: formatPlace(place) })} />}
        </span>
      )}
    </p>
  )
}

function groupName(grouping: OwnersAnswer['grouping'], groups: number): string {
  if (grouping === 'gfp') return 'gfp mask'
  // `counted` adds the s; the plural of an age is that of its bucket.
  return grouping === 'age' && groups !== 1 ? 'bucket' : groupingWords(grouping).name
}

function sumText({ pages, sizeBytes, allocations }: OwnerSumsAnswer): string {
  const told = allocations < 0 ? '' : ` in ${counted(allocations, 'allocation')}`
  return `${counted(pages, 'page')}, ${kibOf(sizeBytes)} KiB (${sizeBytes} bytes)${told}`
}

/** Whether the size of a page is known. */
export function pageSizeWords(answer: { readonly pageBytes: number; readonly isPageSizeAssumed: boolean }): string {
  return answer.isPageSizeAssumed
    ? `pages of ${answer.pageBytes} bytes assumed: no file tells`
    : `pages of ${answer.pageBytes} bytes`
}
