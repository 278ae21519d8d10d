/** The samples are printed without what they say. */
export const NO_ARGUMENTS = 'page reference event without its arguments (perf script -F without trace)'

/** perf tells a number of lost events at the end. */
export const LOST_NOTICE = 'perf says that it lost events, not where: record with a larger buffer (perf record -m)'

/** Option -F without time. */
export const NO_TIME_NOTICE =
  'The samples have no time (perf script -F without time): they are numbered in the order of the file.'

/** Option --reltime. */
export const RELATIVE_NOTICE =
  'Times count from the first sample (perf script --reltime): they do not compare with those of other files.'

/** Option --deltatime. */
export const DIFFERENCES_NOTICE =
  'Times are differences to the sample before (perf script --deltatime): they were added up, which rounding makes too small. Print again without it.'

/** A header and nothing else. */
export const NO_EVENTS_NOTICE = 'The text holds no samples.'

/** Page references without a single call chain. */
export const NO_STACKS_NOTICE =
  'No call chains were recorded, so holders are known by task only. Record again with `perf record -g`.'
