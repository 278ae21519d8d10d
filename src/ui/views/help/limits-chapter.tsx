import { type ReactNode } from 'react'
import { LicenceTexts } from './licence-texts.tsx'

/** What the answers cannot know, how far the page was measured, and what leaves the machine: nothing. */
export function LimitsChapter(): ReactNode {
  return (
    <>
      <h3>What falls short</h3>
      <ul>
        <li>
          A reference that was taken before the trace began has no stack in it: the answer names the time, not the
          holder. Start the trace before what may take it.
        </li>
        <li>
          A PFN filter blinds: what was outside its window is absent. Tail pages are traced at their head, so the head
          must be in the window too.
        </li>
        <li>Where events were lost, counts and pairs across the gap are unknown. The gap is hatched.</li>
        <li>
          FOLL_PIN on a large folio counts in <code>_pincount</code>, which no tracepoint tells: there it looks like a
          plain reference.
        </li>
        <li>
          A page can fail to migrate with no reference too many: a busy buffer head, a page under writeback. The answer
          then says what blocks, and that nobody holds.
        </li>
        <li>
          Reading the state of pages (<code>page-types</code>, pagemap, a trace pipe) takes and drops references itself,
          which appear in the trace.
        </li>
        <li>
          An archive in an archive, an encrypted file and .xz are named but not opened. Of an archive 10000 files are
          read.
        </li>
      </ul>

      <h3>Measured</h3>
      <p>
        In Chromium on a machine of two cores: a real trace of 971 MB is read, judged and painted in 3 s with 356 MB at
        the most; 20 million events answer a PFN within 150 ms; filters and sorts over a million holds within 100 ms. A
        tab has memory for some 100 million events; beyond that, use the command line, which has the same engine.
      </p>

      <h3>Privacy</h3>
      <ul>
        <li>
          Nothing leaves this machine. Files are read in this tab; the page’s content security policy forbids it to
          connect to any other place, and a test proves that no request leaves its origin.
        </li>
        <li>
          A link holds where to look (PFNs, times, names of files and their hash), not the trace. Whoever opens it needs
          the same file.
        </li>
        <li>
          Kept in this browser alone: settings, saved filters, verdicts, notes and bookmarks, and, unless switched off
          on Files, an index of what was opened, so that large files open at once and links open without the file. Their
          text is not kept.
        </li>
        <li>
          Links to the source of a frame are off. Where you switch them on under Settings, a press opens that site in
          another tab and tells it the symbol; nothing is asked of it before.
        </li>
        <li>PFNs, comms and symbols are in everything that is copied: look through it before it is sent on.</li>
      </ul>

      <h3>Licences</h3>
      <LicenceTexts />
    </>
  )
}
