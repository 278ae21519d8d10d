import { type ReactNode } from 'react'

/** What a rule does, in the order in which it does it; the same as README.md of `derive/attribution` says. */
export function RulesHelp(): ReactNode {
  return (
    <details>
      <summary>What a rule does</summary>
      <ol>
        <li>
          It <b>classes</b> a reference: a frame of the stack that fits one of its patterns, as a whole name, puts the
          reference into the rule’s class. The frame nearest to the tracepoint decides, unless its rule is a helper and
          gives way to one further out. Of rules that know the same frame the first in the list decides: yours stand
          first, or where you place them, and every helper gives way to them.
        </li>
        <li>
          The class tells what to <b>expect</b>: references of the classes allocation, mapping, page cache, LRU and
          migration’s own are expected by migration and are no excess; those of all other classes are holds, and holders
          are to blame. A rule of yours that calls a hold expected takes its reference out of the excess and its holder
          out of the answer, which then says that your rule did so.
        </li>
        <li>
          What is expected is <b>hidden</b> among the pinners until its chip is switched off, and always counted. That
          changes what is listed, not what is found.
        </li>
        <li>
          A rule that is <b>off</b> is not asked: its references fall to the next rule that fits, or are unknown, which
          counts as a hold.
        </li>
        <li>
          <b>Known pairs</b> are no rules: they say which put gives back what which get took, where the capture itself
          does not teach it, and never across what the classes rule out.
        </li>
      </ol>
    </details>
  )
}
