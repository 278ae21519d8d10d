import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import styles from './triage-view.module.css'
import { UnreadEnds } from './unread-ends.tsx'

/** What the kernel says when it fails: the rules of finding failed ranges, in words. */
const LOOKED_FOR: readonly (readonly [literal: string, words: string])[] = [
  ['test_pages_isolated', 'with ret=fail, among page_isolation events'],
  ['cma_alloc_finish', 'with an error number or without a page, among cma events'],
  ['mm_compaction_end', 'of a run that made no block, among compaction events'],
  ['PFNs busy, migrating pfn … failed, unmovable page', 'in the kernel log'],
]

const RECORD = `cd /sys/kernel/tracing
echo 65536 > buffer_size_kb
for system in cma page_isolation compaction migrate page_ref; do echo 1 > events/$system/enable; done
echo 1 > options/stacktrace
# make it fail, then
cat trace > /tmp/trace.txt
dmesg > /tmp/dmesg.txt
cat /sys/kernel/debug/page_owner > /tmp/page_owner.txt`

/** Nothing failed in these files: what was looked for, and how to record a failure. */
export function NoFailures(): ReactNode {
  const overview = useCapture()?.overview
  const [, setView] = useView()
  return (
    <section className={styles.none} aria-labelledby="no-failures">
      <h2 id="no-failures" className={styles.sentence}>
        {overview?.slice === undefined
          ? 'No failed range in these files'
          : 'No failed range in this slice; of the whole capture that says nothing'}
      </h2>
      {overview !== undefined && overview.successes.length > 0 && <Successes successes={overview.successes} />}
      {overview?.refEvents === 0 && (
        <p>
          These files hold no <code className="data">page_ref</code> events, so references cannot be followed. The
          kernel needs <code className="data">CONFIG_DEBUG_PAGE_REF=y</code>, and the events must be on.
        </p>
      )}
      <UnreadEnds />
      {overview !== undefined && isIncomplete(overview) && (
        <p>
          Events were lost or a file is damaged: a failure may lie in what is missing. The <b>Files</b> screen says
          where.
        </p>
      )}
      <p>Looked for:</p>
      <ul>
        {LOOKED_FOR.map(([literal, words]) => (
          <li key={literal}>
            <code className="data">{literal}</code> {words}
          </li>
        ))}
      </ul>
      <p>
        To record a failure, as root, or with the commands for your kernel that{' '}
        <button type="button" className="link-button" onClick={() => setView({ view: 'record' })}>
          Record
        </button>{' '}
        writes:
      </p>
      <pre className="data">{RECORD}</pre>
      <p>
        The other screens work without one
        {overview?.refEvents === 0 ? '.' : ': pages and their holders are all there.'}
      </p>
    </section>
  )
}

/** What the files say went well, each kind with the line of the last. */
function Successes({ successes }: Pick<OverviewAnswer, 'successes'>): ReactNode {
  const [, setView] = useView()
  return (
    <>
      <p id="succeeded">What succeeded:</p>
      <ul aria-labelledby="succeeded">
        {successes.map(({ kind, text, place }) => (
          <li key={kind}>
            {text} <PlaceLink place={place} onOpen={(at) => setView({ event: formatPlace(at) })} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** True when the files themselves tell that something is missing from them. */
function isIncomplete({ losses, files }: OverviewAnswer): boolean {
  return losses.length > 0 || files.some((file) => file.damage.length > 0)
}
