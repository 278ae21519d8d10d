import { type ReactNode } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import styles from './ranges-view.module.css'

/** What the kernel says when it fails, and where that is read: the rules of finding failed ranges, in words. */
const LOOKED_FOR: readonly (readonly [what: string, where: string])[] = [
  ['test_pages_isolated … ret=fail', 'page_isolation events'],
  ['cma_alloc_finish with an errorno or without a page', 'cma events'],
  ['mm_compaction_end of a run that made no block', 'compaction events'],
  ['alloc_contig_range: [a, b) PFNs busy · migrating pfn … failed · unmovable page', 'the kernel log'],
]

const RECORD = `cd /sys/kernel/tracing
echo 'cma page_isolation compaction migrate page_ref' | tr ' ' '\\n' | sed 's/$/:*/' > set_event
echo 1 > options/stacktrace
# make it fail, then
cat trace > /tmp/trace.txt; dmesg > /tmp/dmesg.txt; cat /sys/kernel/debug/page_owner > /tmp/page_owner.txt`

/** Nothing failed in these files: what was looked for, and how to record a failure. */
export function NoFailures(): ReactNode {
  const overview = useCapture()?.overview
  return (
    <section className={styles.none} aria-labelledby="no-failures">
      <h2 id="no-failures" className={styles.sentence}>
        No failed range in these files
      </h2>
      {overview?.refEvents === 0 && (
        <p>
          These files hold no <code className="data">page_ref</code> events, so references cannot be followed. The
          kernel needs <code className="data">CONFIG_DEBUG_PAGE_REF=y</code>, and the events must be on.
        </p>
      )}
      <p>Looked for:</p>
      <ul>
        {LOOKED_FOR.map(([what, where]) => (
          <li key={what}>
            <code className="data">{what}</code> in {where}
          </li>
        ))}
      </ul>
      <p>To record a failure, as root:</p>
      <pre className="data">{RECORD}</pre>
      <p>The other screens work without one: pages and their holders are all there.</p>
    </section>
  )
}
