/** What `pinscope --help` prints. */
export const HELP = `pinscope: who is holding this page?

  pinscope report [--json] [--threshold-us N] [--rules FILE] [--without-rule ID]… FILE|DIR…
      Failed PFN ranges, who held their pages, and the lines that prove it.
  pinscope stats [--json] FILE|DIR…
      What was read, what was refused or lost, and how fast.
  pinscope rules [--json] [--rules FILE] [--without-rule ID]…
      The rules that tell from a stack what a reference is for, and the known pairs of get and put: a list, or with
      --json a rule file to edit. With --rules, whether a rule file is right, and what it makes of them.

All files of one call are one capture: the traces and dumps of one boot. A folder stands for the files in it,
also in its folders.
Reads ftrace text and trace.dat with page_ref events and stacks, page_owner dumps and kernel logs, also packed with
gzip or zstd, in zip or tar archives, or inside of a mail; a file is known by its content, never by its name. Records of
trace.dat are cited by their number in time order.

  --json             for machines; README.md describes the fields
  --threshold-us N   holds from N microseconds on are long-term (default 300000)
  --rules FILE       rules of your own, as "Edit rules" in the browser saves them or as rules --json prints them: new
                     ids are added and asked first, or where "before" or "after" says; known ids are replaced, "off":
                     true switches one off
  --without-rule ID  switches one rule or known pair off; may be said again
  --kpage-start PFN  first page of kpageflags, kpagecount or kpagecgroup files of which no file tells it: a copy of
                     a window of /proc. A note file of one line, start_pfn=0x… end_pfn=0x…, tells it too
  --help, --version

Exit code: 0 when the files were read, whether or not something was found; 2 when they or the arguments are of no use.
`
