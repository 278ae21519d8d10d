/** What each kind of file adds, as the README lists it; a test compares the first column. Backticks are code. */
export const FORMAT_ROWS: readonly (readonly [file: string, adds: string])[] = [
  [
    'ftrace text (also inside a page of systrace or atrace), `trace.dat`, `perf script`',
    'references to pages with stacks, failed ranges',
  ],
  [
    '`page_owner`, `page_owner_stacks/*`, page_owner_sort output',
    'who allocated a page, and how much its stack has in all; stacks that a dump names by handle, from `show_stacks_handles` of the same boot',
  ],
  ['Android `page_pinner/*`, dmesg', 'pages that the kernel itself blames'],
  ['`page-types` output, `/proc/kpageflags`, `kpagecount`, `kpagecgroup`', 'state, mappings and cgroup of each page'],
  ['`/proc/kallsyms`, `System.map`', 'functions for stack frames that are bare addresses'],
  ['`pagetypeinfo`, `zoneinfo`, `/proc/iomem`, `uname -a`', 'names of migratetypes and flags, pageblocks, zones'],
  [
    '`/proc/meminfo`, `buddyinfo`, `modules`, `cmdline`, `trace_clock`',
    'facts of the machine, and the clock of the trace',
  ],
  [
    'a slice, `*.pinscope-slice.json`, also packed',
    'the lines of a capture that prove one finding, told as what they are of the whole files: names, hashes, numbers of lines',
  ],
  [
    'the folders of `/sys/kernel/debug/cma` and `/sys/kernel/mm/cma`, dropped as folders',
    'CMA areas and what is allocated in them',
  ],
  [
    '`start_pfn=0x… end_pfn=0x…` in a text file',
    'the PFNs that kpageflags and its like cover, when they are a part; without it you are asked for the first PFN on the Files screen, and `--kpage-start 0xdc00` tells it on the command line',
  ],
  [
    'a mail, bug report or pasted page with any of trace, `perf script`, page_owner, page_pinner and dmesg in it',
    'the same; quoting and hard-wrapped lines are undone, prose is counted as prose',
  ],
]
