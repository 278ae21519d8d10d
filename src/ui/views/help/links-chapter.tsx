import { type ReactNode } from 'react'

/** What a link holds, how long it lasts, and what happens to one that is old, wrong or without its file. */
export function LinksChapter(): ReactNode {
  return (
    <>
      <p>
        <kbd>y</kbd> copies a link to what is shown: at most 200 characters for a usual choice, and no trace data. It
        names what it is about by what stays the same when files are read again: PFNs, absolute times, hashes of stacks,
        lines of files.
      </p>
      <table>
        <thead>
          <tr>
            <th>part</th>
            <th>says</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.map(([part, says]) => (
            <tr key={part}>
              <td className="data">{part}</td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        <li>
          Without the file, a link opens its capture from the index that this browser keeps (Files, Kept indexes):
          everything but raw lines, which come when the file is dropped. Else the page asks for the file by name, size
          and hash.
        </li>
        <li>
          Another file is refused, and both are named. The same content under another name is taken; the same name with
          other content is not.
        </li>
        <li>
          Links of every version go on to open. One of a newer pinscope says so and shows what is understood; parts that
          say nothing are listed. Line breaks, <code>=3D</code>, <code>&amp;amp;</code> and what a mail puts behind a
          link are undone; one without its <code>end</code> was cut, and says so.
        </li>
        <li>
          <code>index.html?src=traces/a.txt.gz&amp;src=dump.txt#/triage</code> fetches files from where the page itself
          came from, and from nowhere else: no other origin, no redirect. It cannot be used in the app that is one file.
          A server that unpacks <code>.gz</code> on its way delivers another file than the one that was hashed.
        </li>
      </ul>
    </>
  )
}

const PARTS: readonly (readonly [string, string])[] = [
  ['#/pfn', 'the screen'],
  ['v=2', 'the version of the link'],
  [
    'f=trace.txt.gz~1a2b3c4d5e6f7a8b~81263',
    'name, first half of the hash and size of the main file; of a long name the end is cut off, and .. stands there',
  ],
  ['set=00ff00ff', 'a hash over all files of the capture'],
  ['failure= pfn= life= event=:8127', 'the failed range, the page, its lifetime, the line of the main file'],
  ['from= to=', 'the time window, absolute, in ns'],
  [
    'threshold= filter= rules= ruleset=',
    'long-term from (us), filters, rules that are switched off, the rule set by its hash',
  ],
  ['end', 'the end: without it the link was cut'],
]
