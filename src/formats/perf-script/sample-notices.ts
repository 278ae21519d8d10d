/** The samples are printed without what they say. */
export const NO_ARGUMENTS = 'page reference event without its arguments (perf script -F without trace)'

/** `cpu/event=0x3c/u:`: an event that is spelled, not named. */
export const HARDWARE_SAMPLE = 'event of the hardware'

/** Columns VM and VCPU in front of the comm. */
export const GUEST_SAMPLE = 'sample of a guest'

/** Option --guest-data of perf inject puts the samples of virtual machines among those of their host. */
export const GUEST_NOTICE =
  'Samples of guests (VM:) are left out: their PFNs are of the memory of the guest, not of this machine. For one guest, load what it recorded by itself.'

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
