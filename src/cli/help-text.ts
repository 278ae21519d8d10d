/** What `pinscope --help` prints. */
export const HELP = `pinscope: who is holding this page?

  pinscope report [--json] [--threshold-us N] [--rules FILE] [--without-rule ID]… FILE|DIR…
      Failed PFN ranges, who held their pages, and the lines that prove it.
  pinscope report --format mail|markdown|json [--failure N|--pfn PFN] FILE|DIR…
      One finding, the most telling one when none is chosen: a mail for linux-mm of at most 80 columns and 60 lines, Markdown
      for a bug tracker, or JSON. The same text as the key E in the browser.
  pinscope pinners [--json|--folded] [--group WHAT] [--sort COLUMNS] [--threshold-us N] [--filter TEXT] [--all] FILE|DIR…
      Who holds pages: holds in groups, with what is hidden. --folded: collapsed stacks, for flamegraph.pl and speedscope.
  pinscope page PFN [--json] [--from TIME] [--to TIME] [--lifetime N] [--events N] FILE|DIR…
      One page as its timeline shows it: counts and what they are made of at each failure, what migration expects and the
      excess, lifetimes, holds with their lines and confidence, attempts to move it, and the events around the failure.
  pinscope owners [--by stack|task|gfp|migratetype|order|age] [--filter TEXT] [--json] FILE|DIR…
      Who allocated the pages of a page_owner dump, what lies in the wrong migratetype first. Never who holds them.
  pinscope owners --compare OLD NEW [--json]   and   pinscope owners --trend FIRST NEXT… [--json]
      Dumps by stack: new, grown, shrunk, gone; of a series, what grew in each dump.
  pinscope map [--range 0x17800-0x17c00] [--by WHAT] [--all|--json] FILE|DIR…
      Memory, a line for each pageblock of which there is something to tell, or for each page of a small range: types,
      allocations, open holds, excess, blocked ranges, events. --by sorts: blocked, holds, excess, migratetype, order, age
      or events. The other pageblocks are counted; --all and --json have them too.
  pinscope compare [--json] [--by WHAT] [--threshold-us N] [--filter TEXT] [--top N] FILE|DIR… --with FILE|DIR…
      Two captures, A and B, side by side: failures and who holds pages, what changed most for failed ranges first, per
      attempt and per second of trace, and whether so few tell anything.
  pinscope events [--filter 'EXPR'] [--limit N] [--raw|--count|--json] FILE|DIR…
      Events in time order, one a row with its file:line: all of them, or those that a filter finds, such as
      'op:mod_unless ret:0 stack:~nvidia count>3'. --raw prints their lines as they are. --help-filter documents filters.
  pinscope stats [--json] FILE|DIR…
      What was read, what was refused or lost, and how fast.
  pinscope rules [--json] [--rules FILE] [--without-rule ID]…
      The rules that tell from a stack what a reference is for, and the known pairs of get and put: a list, or with
      --json a rule file to edit. With --rules, whether a rule file is right, and what it makes of them.
  pinscope record --kernel RELEASE --trigger WHAT [--pfns PFNS] [--tool TOOL] [--script|--json] [FILE|DIR…]
      The commands that record the data, with what each needs in the kernel, what it costs, and the filter that keeps the
      trace small. Of a capture, the next recording: the pages that it leaves open, and what it lacks.

All files of one call are one capture: the traces and dumps of one boot. A folder stands for the files in it,
also in its folders.
Reads ftrace text and trace.dat with page_ref events and stacks, page_owner dumps and kernel logs, also packed with
gzip or zstd, in zip or tar archives, or inside of a mail; a file is known by its content, never by its name. Records of
trace.dat are cited by their number in time order.

  --json             for machines; README.md describes the fields
  --from TIME, --to TIME  page: a window, times as the file prints them; the lifetime when not said
  --lifetime N       page: which lifetime, 0 for the whole trace; that of the failure when not said
  --events N         page: events to list (default 24)
  --with             compare: the files behind it are B, a second capture
  --by WHAT          compare by holder (when not said), stack, task or class
  --threshold-us N   holds from N microseconds on are long-term (default 300000)
  --rules FILE       rules of your own, as "Edit rules" in the browser saves them or as rules --json prints them: new
                     ids are added and asked first, or where "before" or "after" says; known ids are replaced, "off":
                     true switches one off
  --without-rule ID  switches one rule or known pair off; may be said again
  --group WHAT       pinners: stack, holder, task, class, order or migratetype
  --sort COLUMNS     pinners: ranges, holds, open, longest, total, pages, tasks, stacks, hidden, holder; falling, or with
                     :up rising; several with commas between (default ranges)
  --filter TEXT      pinners: a symbol of the stack, a comm or a pid
  --all              pinners: holds that migration expects too; --show ID for those of one rule or class
                     map: pageblocks, too, in which no page blocked, is held, lies in another type's block or has events
  --top N            pinners: so many rows at most, the rest is counted
  --area WHAT        pinners --folded: numbers are holds, time (ns), pfns or ranges blocked; the last two are sets, which
                     do not add up. --order callers or leaves; --innermost holder, helper or tracepoint
  --kpage-start PFN  first page of kpageflags, kpagecount or kpagecgroup files of which no file tells it: a copy of
                     a window of /proc. A note file of one line, start_pfn=0x… end_pfn=0x…, tells it too
  --kernel RELEASE   as uname -r says, 6.1 or 5.10.160-android12-9; Linux 5.4 to 6.12 are known. A capture may tell it
  --trigger WHAT     cma, offline (a memory block), compaction, hugetlb, or wait: for a failure that comes by itself
  --pfns PFNS        0x17800-0x17c00,0x17ac9: a range ends before its second PFN. Left out, the commands look up the
                     pages of the CMA area (--area NAME, else the first) or the memory block (--block N)
  --tool TOOL        tracefs (when not said), trace-cmd or perf
  --pages N          pages to ask a CMA area for, or huge pages more
  --buffer-kb N      trace buffer per CPU (default 32768)
  --from-boot        also how to trace from boot on, for references that are taken early
  --script           record: a shell script instead of steps; pinscope-record.sh beside the page is one for all cases
  --help, --version

Exit code: 0 when the files were read, whether or not something was found; 2 when they or the arguments are of no use.
`
