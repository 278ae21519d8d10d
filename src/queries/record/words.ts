import { type RecordTrigger } from './record-question.ts'

/** Why a trace begins before what is suspected. */
export const beginWords =
  'Who took a reference is known only when it is taken in the trace. Start the workload that you suspect after this line, ' +
  'and when it runs, go on with the attempt.'

interface AttemptWords {
  readonly title: string
  readonly why: string
  readonly cost: string
}

const GOES_ON = 'The trace goes on for some seconds: a put after the failure names who let go.'

/** What an attempt does, and what it costs. */
export function attemptWords(trigger: RecordTrigger): AttemptWords {
  return { ...WORDS[trigger], why: `${WORDS[trigger].why} ${GOES_ON}` }
}

const WORDS: Readonly<Record<RecordTrigger, AttemptWords>> = {
  cma: {
    title: 'Ask the CMA area for pages',
    why: 'maxchunk is the longest run that no CMA user has: asking for more fails without any attempt.',
    cost: 'Moves the pages of that run out of the area; when it succeeds they are given back.',
  },
  offline: {
    title: 'Set the memory block offline',
    why:
      'Offlining tries again and again until a signal comes, and each try unmaps and maps all pages anew. It is stopped ' +
      'after 2 s: the events of more would push out of the buffer who took the references before.',
    cost: 'Moves the pages of the block; when it succeeds the block is set online again.',
  },
  compaction: {
    title: 'Compact memory',
    why: 'All zones are compacted; pages with references that migration does not expect stay.',
    cost: 'Some seconds of one CPU on a large machine, and moved pages.',
  },
  hugetlb: {
    title: 'Ask for huge pages',
    why:
      'Of the default size. Gigantic pages fail with the range and its first page in the way: write ' +
      'hugepages-1048576kB/nr_hugepages in /sys/kernel/mm/hugepages for them.',
    cost: 'Takes the memory of the pages for a moment; the pool gets its size back.',
  },
  wait: {
    title: 'Wait for the failure',
    why: 'Make it fail now, or let it come: the line that tells of it ends the waiting, at most after an hour.',
    cost: 'None beside the events.',
  },
}
