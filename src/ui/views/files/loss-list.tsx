import { type ReactNode } from 'react'
import { type LossAnswer } from '../../../queries/overview.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import styles from './files-view.module.css'

const KIND_WORDS: Readonly<Record<LossAnswer['kind'], string>> = {
  lost: 'the kernel says it lost events',
  start: 'the CPU buffer starts here: older events were overwritten',
  overrun: 'the buffer ran over',
  truncated: 'the file ends in the middle',
  cut: 'lines were left out by whoever quoted the trace',
}

/** Where events are missing. What falls into these stretches is unknown, not leaked. */
export function LossList({ losses }: { readonly losses: readonly LossAnswer[] }): ReactNode {
  const [, setView] = useView()
  if (losses.length === 0) return <p className={styles.note}>None that the files tell of.</p>
  return (
    <div className={styles.scroller}>
      <table className={`${styles.table} data`}>
        <thead>
          <tr>
            <th scope="col">CPU</th>
            <th scope="col" className={styles.number}>
              events
            </th>
            <th scope="col">from</th>
            <th scope="col">to</th>
            <th scope="col">what</th>
            <th scope="col">line</th>
          </tr>
        </thead>
        <tbody>
          {losses.map((loss) => (
            <tr key={`${loss.kind} ${loss.cpu} ${formatPlace(loss.place)}`}>
              <td>{loss.cpu < 0 ? 'not said' : loss.cpu}</td>
              <td className={styles.number}>{loss.count < 0 ? 'not said' : loss.count}</td>
              <td>{loss.from?.text ?? 'before the trace'}</td>
              <td>{loss.to?.text ?? 'not said'}</td>
              <td>{KIND_WORDS[loss.kind]}</td>
              <td>
                <PlaceLink place={loss.place} onOpen={(place) => setView({ event: formatPlace(place) })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
