/** An option of the kernel's configuration that a step needs. */
export interface ConfigNeed {
  readonly option: string
  /** What it gives. */
  readonly gives: string
  /** What it costs, built in and not in use. */
  readonly cost: string
}

/** Options by short name. Costs are the words of the kernel's own Kconfig, where it says any. */
export const CONFIG = {
  pageRef: {
    option: 'CONFIG_DEBUG_PAGE_REF',
    gives: 'page_ref events: who takes and drops references',
    cost: 'about 30 KB of code; virtually nothing at run time until the events are on (mm/Kconfig.debug)',
  },
  stacktrace: {
    option: 'CONFIG_STACKTRACE',
    gives: 'the stack of each event',
    cost: 'none; most kernels have it',
  },
  eventTracing: { option: 'CONFIG_EVENT_TRACING', gives: 'tracefs and its events', cost: 'none while no event is on' },
  isolation: {
    option: 'CONFIG_MEMORY_ISOLATION',
    gives: 'test_pages_isolated: which range failed, and its first page in the way',
    cost: 'none',
  },
  cmaDebugfs: {
    option: 'CONFIG_CMA_DEBUGFS',
    gives: 'the range of each CMA area, and a file to ask it for pages',
    cost: 'a few debugfs files',
  },
  hotRemove: { option: 'CONFIG_MEMORY_HOTREMOVE', gives: 'memory blocks that can go offline', cost: 'none' },
  compaction: { option: 'CONFIG_COMPACTION', gives: 'compaction and its events', cost: 'none; most kernels have it' },
  hugetlb: { option: 'CONFIG_HUGETLB_PAGE', gives: 'pools of huge pages', cost: 'none while the pools are empty' },
  pageOwner: {
    option: 'CONFIG_PAGE_OWNER',
    gives: 'who allocated each page; never who holds it',
    cost: 'two unlikely branches in the page allocator until page_owner=on is on the command line',
  },
  dynamicDebug: {
    option: 'CONFIG_DYNAMIC_DEBUG',
    gives: 'messages of the kernel log that are off else',
    cost: 'some hundred KB of tables',
  },
  bootTrace: {
    option: 'CONFIG_BOOTTIME_TRACING',
    gives: 'a trace that begins before the first process',
    cost: 'none without a boot config',
  },
  pagePinner: {
    option: 'CONFIG_PAGE_PINNER',
    gives: 'pages that failed to migrate and who put them; Android kernels alone',
    cost: 'memory for each page',
  },
  pageMonitor: {
    option: 'CONFIG_PROC_PAGE_MONITOR',
    gives: 'flags and mappings of each page',
    cost: 'none; most kernels have it',
  },
} as const satisfies Readonly<Record<string, ConfigNeed>>
