import { type ReactNode } from 'react'
import { CONFIDENCE_ROWS } from './confidence-rows.ts'
import styles from './help-view.module.css'

/** What the answers mean and what they rest on. */
export function MethodChapter(): ReactNode {
  return (
    <>
      <h3>What is asked</h3>
      <p>
        A range of PFNs could not be isolated, migrated or allocated. Which page of it blocked, which reference on that
        page was too many, and who took it? Each answer cites the lines that prove it; a number without a line is not
        shown.
      </p>

      <h3>Reference and pin</h3>
      <p>
        A <em>reference</em> is one count of <code>folio-&gt;_refcount</code>, whatever it is for: the page cache, a
        mapping, a pipe, a driver. A <em>pin</em> is a reference taken with <code>FOLL_PIN</code> (
        <code>pin_user_pages()</code> and its like), which counts 1024 on a small folio and is given back with{' '}
        <code>unpin_user_page()</code>. A plain get is never called a pin here, though it blocks migration just as well.
      </p>

      <h3>Excess</h3>
      <p className={styles.formula}>excess = count − expected</p>
      <p>
        Migration gives a page up when it has more references than it can explain. It expects (
        <code>folio_expected_ref_count()</code>, <code>expected_page_refs()</code> before):
      </p>
      <ul>
        <li>one for each mapping of each page of the folio (mapcount),</li>
        <li>one a page for the page cache, or for the swap cache,</li>
        <li>one for private data, such as buffer heads,</li>
        <li>one of the task that isolates the page.</li>
      </ul>
      <p>
        What is above is the excess, the one thing that is drawn red. The best witness is a freeze that was refused: the
        event states the expected count itself (<code>val</code>) beside the count that was found. Next is a dump of the
        page that the kernel printed; else the count is reckoned from the events, and where that leaves room, the answer
        says at least and at most.
      </p>

      <h3>Who holds</h3>
      <ol>
        <li>
          Events of a page are cut into <em>lives</em>: between two moments at which its count was certainly zero, or
          was set anew.
        </li>
        <li>
          Each get is classed by its stack: allocation, mapping, page cache, LRU, migration’s own, GUP get, FOLL_PIN,
          driver, I/O. The rules are a list that can be read, edited and switched off on Pinners; each names the kernel
          source that it follows.
        </li>
        <li>
          Gets and puts are paired within a life by amount and by which stacks come and go together, which is learned
          from the trace itself. The task is a hint only: who puts is often not who got.
        </li>
        <li>
          A get without its put is a hold that is <em>open</em>. The holds that were open over the attempt, from the
          scan to the failure, are the candidates.
        </li>
        <li>
          Candidates are weighed by what the count proves, by how long such holds last elsewhere in the trace, by what
          migration expects, and by what the kernel says itself (page_pinner, dump_page).
        </li>
        <li>
          The name is the most specific function that a person would act on: the driver’s or subsystem’s own above the
          generic helpers, with the task that took it.
        </li>
      </ol>
      <p>
        Where a life crosses a time in which events were lost, what was paired across it is unknown and said to be,
        never guessed.
      </p>

      <h3>Confidence</h3>
      <p>
        About the share of such answers that were right in simulated traces whose truth is known. Never 1: a trace is a
        sample.
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">word</th>
            <th scope="col">from</th>
            <th scope="col">means</th>
          </tr>
        </thead>
        <tbody>
          {CONFIDENCE_ROWS.map(({ least, word, about }) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              <td className="data">{least.toFixed(2)}</td>
              <td>{about}</td>
            </tr>
          ))}
        </tbody>
      </table>

      <h3>Any of n</h3>
      <p>
        Two identical gets and one put prove that one is left, not which. Then the answer is <em>any of 2 holders</em>:
        the confidence is that one of them held the page, and each is listed with its lines. It is a result, and usually
        a short list to grep for.
      </p>

      <h3>Noise</h3>
      <p>
        Most references come and go within microseconds, and most others are what migration expects. Pinners hides a
        hold when it is shorter than the threshold, or when a rule says what it is (LRU batches, mapping, page cache,
        migration’s own and others). Nothing is dropped: every hidden hold is counted by the rule that hides it, in the
        chips and in the status line, and one key shows it again.
      </p>

      <h3>Why page_owner is not the holder</h3>
      <p>
        page_owner remembers who <em>allocated</em> a page. By the time a range fails, the page has been handed on: to
        the page cache, to a pipe, to a device. The allocator is shown where it helps, as the one who allocated, and is
        never named as the holder. One case is told apart: a page that was never on the LRU and has the allocation’s own
        reference alone is <em>unmovable</em>, and nobody else needs to hold it.
      </p>
    </>
  )
}
