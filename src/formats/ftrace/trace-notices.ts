/** Lines were left out by whoever quoted the trace. */
export const CUT_NOTICE =
  'this is an excerpt: lines were left out by hand ([snip], ...); what happened there is unknown'

/** The clock is counter, x86-tsc or ppc-tb. */
export const COUNTS_NOTICE = 'The trace clock counts: times are counts, not nanoseconds, and durations are counts too.'

/** Option context-info is off. */
export const NO_CONTEXT_NOTICE =
  'The lines have no task, CPU or time (option context-info off): events are numbered in the order of the file.'

/** Option raw or hex. */
export const RAW_NOTICE =
  'The trace was printed with the option raw or hex: its entries have no names. Print it again after `echo 0 > options/raw` and `echo 0 > options/hex`.'

/** A header and nothing else. */
export const NO_EVENTS_NOTICE =
  'The trace holds no events: see that tracing_on is 1, that events/page_ref/enable is 1 and that no filter leaves out the pages, then record again.'

/** Page references without a single stack. */
export const NO_STACKS_NOTICE =
  'No call stacks were recorded, so holders are known by task only. Trace again with `echo 1 > options/stacktrace`.'

/** Events as comments of function_graph. */
export const GRAPH_NOTICE =
  'Events are printed as comments of the tracer function_graph, without task and time: they are not read. Trace again with `echo nop > current_tracer`.'

/** The file has `count` events in it twice. */
export function repeatedNotice(count: number): string {
  return `the trace was written into this file more than once: ${count} events that are in it twice are counted once`
}

/** trace-cmd report printed several files or instances. */
export function inputsNotice(inputs: readonly string[]): string {
  return `trace-cmd printed several inputs in one report (${inputs.join(', ')}): they are read as one machine; if one is a guest or another machine, its PFNs are other pages`
}

/** Stacks of trace-cmd report -R. */
export const RAW_STACKS_NOTICE =
  'Stacks are bare addresses and may lack their outer frames (trace-cmd report -R): load kallsyms of the same boot beside it, or print it again without -R.'
