import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type DumpAnswer, type DumpStackAnswer, type OwnerAnswer } from '../../../queries/page-facts.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { taskText } from '../../events/event-columns.tsx'
import { InspectorSection } from '../../shell/inspector.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import styles from './pfn-view.module.css'

/** Who allocated the page: said as that, because the allocator need not hold it. */
export function OwnerLine({ owner }: { readonly owner: OwnerAnswer }): ReactNode {
  const [, setView] = useView()
  const [isShown, setIsShown] = useState(false)
  const by = owner.holder === '' ? '' : ` in ${owner.holder}`
  const open = (place: PlaceAnswer) => setView({ event: formatPlace(place) })
  return (
    <p className={styles.fact}>
      allocated by {taskText(owner.task)}
      {by}, order {owner.order}, {owner.gfp}
      {owner.migrateReason !== '' && `, last migrated by ${owner.migrateReason}`}
      {owner.tsText !== '' && ` at ${owner.tsText}`}
      {owner.clockNote !== '' && <span className={styles.dim}> ({owner.clockNote})</span>}
      {owner.notRecorded !== '' && `, stack not recorded: ${owner.notRecorded}`}
      <span className={styles.dim}> {owner.source}: who allocated, not who holds </span>
      <button type="button" className="link-button" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
        stack
      </button>{' '}
      <PlaceLink place={owner.place} onOpen={open} />
      {isShown && owner.depthNote !== '' && <span className={styles.dim}> {owner.depthNote}</span>}
      {owner.total && (
        <>
          <span className={styles.dim}>
            {' '}
            the same stack has {owner.total.pages} {owner.total.pages === 1 ? 'page' : 'pages'} in all{' '}
          </span>
          <PlaceLink place={owner.total.place} onOpen={open} />
        </>
      )}
      {isShown && (
        <InspectorSection isFirst title="Allocation: not a holder" onClose={() => setIsShown(false)}>
          <div className="inspector-body">
            <StackView frames={owner.stack.frames} title="allocation" />
          </div>
        </InspectorSection>
      )}
    </p>
  )
}

/** What a dump_page block says of the page, or of another one of its folio. */
export function DumpLine({ dump, pfn }: { readonly dump: DumpAnswer; readonly pfn: number }): ReactNode {
  const [, setView] = useView()
  return (
    <p className={styles.fact}>
      {dump.pfn !== pfn && `${formatPfn(dump.pfn)} of the same folio `}dumped with refcount {dump.refcount}, mapcount{' '}
      {dump.mapcount}
      {dump.reason !== '' && `: ${dump.reason}`}
      {dump.timeText !== '' && ` at ${dump.timeText} of the kernel log`}
      <span className={styles.dim}> {dump.flags} </span>
      <PlaceLink place={dump.place} onOpen={(place) => setView({ event: formatPlace(place) })} />
      {dump.stacks.map((stack) => (
        <DumpStack key={formatPlace(stack.place)} told={stack} />
      ))}
    </p>
  )
}

/** A stack that the kernel printed with a dump: of the check that failed, or of the last recorded pin. */
function DumpStack({ told }: { readonly told: DumpStackAnswer }): ReactNode {
  const [, setView] = useView()
  const [isShown, setIsShown] = useState(false)
  return (
    <>
      {' '}
      {told.words}{' '}
      <button type="button" className="link-button" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
        stack
      </button>{' '}
      <PlaceLink place={told.place} onOpen={(place) => setView({ event: formatPlace(place) })} />
      {isShown && (
        <InspectorSection isFirst title="Printed with the dump" onClose={() => setIsShown(false)}>
          <div className="inspector-body">
            <StackView frames={told.stack.frames} title="printed with the dump" />
          </div>
        </InspectorSection>
      )}
    </>
  )
}
