/** A tracepoint of memory management with its system, as perf script names it before its arguments. */
export const OUR_EVENT =
  /(?:page_ref|folio_ref|page_pinner|page_isolation|cma|migrate|compaction|kmem):[A-Za-z_][\w-]*:\s+(?:\[FAILED TO PARSE\]\s+)?[a-z_]\w*=/
