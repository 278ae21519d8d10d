import { test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Column } from '../../../src/base/column.ts'
import { KNOWN_PAIRS, type KnownPair } from '../../../src/derive/attribution/known-pairs.ts'
import { patternProblem } from '../../../src/derive/attribution/rule-pattern.ts'
import { chooseRules, DEFAULT_RULES } from '../../../src/derive/attribution/rule-set.ts'
import { buildLifetimes } from '../../../src/derive/counts/lifetimes.ts'
import { buildHolds } from '../../../src/derive/holds/holds.ts'
import { pairFinderOf } from '../../../src/derive/holds/pair-finder.ts'
import { type FrameId, type StackId } from '../../../src/model/ids.ts'
import { framesOf } from '../../../src/model/stack-depot.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { held } from '../../support/held.ts'
import { referenceStory } from '../../support/random-story.ts'
import { tell } from '../../support/tell.ts'

const MINE: KnownPair = {
  id: 'pair-mine',
  get: ['fuse_odd_get'],
  put: ['fuse_odd_put'],
  reason: 'my filter driver keeps what it looked at',
  source: 'fs/odd/odd.c',
}

/** Two references of other tasks, then a put of a third: only the stacks can tell which one it gives back. */
const between = (first: string, second: string, put: string): string => `
  app-1 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio ${first}
  oth-2 0 2.0 +1 unless count=3 < __page_ref_mod_unless try_get_folio ${second}
  kwk-5 0 3.0 -1 count=2 < __page_ref_mod_and_test folio_put ${put}
`
const closedIn = (story: string, set = DEFAULT_RULES): readonly string[] => {
  const trace = tell(story)
  const holds = buildHolds(trace, buildLifetimes(trace), set)
  return Array.from({ length: holds.length }, (_, hold) => hold)
    .filter((hold) => holds.getRow[hold] >= 0 && holds.putRow[hold] >= 0)
    .map((hold) => trace.strings.text(trace.tasks.comm[holds.task[hold]]))
}
const without = chooseRules({ disabledRuleIds: KNOWN_PAIRS.map(({ id }) => id) })

describe('a put that comes once in the trace gives back what a known pair says:', () => {
  test.each([
    [
      'a pipe’s page',
      'iter_to_pipe __do_sys_vmsplice',
      'skb_zerocopy_iter_stream tcp_sendmsg',
      'generic_pipe_buf_release pipe_release __fput',
    ],
    [
      'a socket’s page',
      'skb_zerocopy_iter_stream tcp_sendmsg',
      'iter_to_pipe __do_sys_vmsplice',
      'skb_release_data __kfree_skb tcp_ack',
    ],
    [
      'a bio’s page',
      'iov_iter_get_pages2 bio_iov_iter_get_pages iomap_dio_bio_iter',
      'iter_to_pipe __do_sys_vmsplice',
      '__bio_release_pages iomap_dio_bio_end_io',
    ],
    [
      'a registered buffer',
      'io_sqe_buffer_register io_uring_register',
      'iter_to_pipe __do_sys_vmsplice',
      'io_rsrc_buf_put io_sqe_buffers_unregister',
    ],
    ['a driver’s page', 'get_user_pages_fast one_grab[one]', 'get_user_pages_fast two_grab[two]', 'one_drop[one]'],
    [
      'what RDMA has',
      'get_user_pages ib_umem_get',
      'get_user_pages vfio_pin_pages_remote',
      '__ib_umem_release ib_umem_release',
    ],
    [
      'a page that KSM looked at',
      'ksm_get_folio stable_tree_search',
      'folio_add_lru do_anonymous_page',
      'cmp_and_merge_page ksm_do_scan',
    ],
  ])('%s', (_, fitting, other, put) => {
    expect(closedIn(between(fitting, other, put))).toEqual(['app'])
    expect(closedIn(between(fitting, other, put), without)).toEqual(['oth'])
  })
})

test('what the trace says clearly and often outweighs a known pair', () => {
  const story = between(MINE.get[0], 'iter_to_pipe __do_sys_vmsplice', 'generic_pipe_buf_release pipe_release __fput')
  const clear = Array.from(
    { length: 3 },
    (_, at) => `
      app-1 0 0.${at}1 +1 unless pfn=0x20${at} count=2 < __page_ref_mod_unless try_get_folio ${MINE.get[0]}
      app-1 0 0.${at}2 -1 pfn=0x20${at} count=1 < __page_ref_mod_and_test folio_put generic_pipe_buf_release pipe_release __fput
    `,
  )
  expect(closedIn(story)).toEqual(['oth'])
  expect(closedIn(clear.join('\n') + story)).toContain('app')
  expect(closedIn(clear.join('\n') + story)).not.toContain('oth')
})

test('a pair of a person decides what nothing else tells', () => {
  const story = between('fuse_odd_get', 'fuse_other_get', 'fuse_odd_put')
  expect(closedIn(story)).toEqual(['oth'])
  expect(closedIn(story, chooseRules({ extraPairs: [MINE] }))).toEqual(['app'])
  expect(closedIn(story, chooseRules({ extraPairs: [MINE], disabledRuleIds: ['pair-mine'] }))).toEqual(['oth'])
})

test('a known pair makes no other impossible: the only reference that is open is answered', () => {
  const [lookedUp] = held(`
    app-1 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio filemap_get_pages filemap_read
    app-1 0 2.0 -1 count=1 < __page_ref_mod_and_test folio_put generic_pipe_buf_release pipe_release
  `)
  expect(lookedUp).toBe('io 1 app-1 1.000000 -> 2.000000')
})

test('a known pair lets no put that migration expects close the hold of a driver', () => {
  const pair: KnownPair = { ...MINE, get: ['leaky_grab'], put: ['exit_mmap'] }
  const story = `
    drv-9 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio get_user_pages_fast leaky_grab[leaky]
    drv-9 0 2.0 -1 count=1 < __page_ref_mod_and_test folios_put_refs exit_mmap do_exit
  `
  expect(closedIn(story, chooseRules({ extraPairs: [pair] }))).toEqual([])
})

/** The known pair of two stacks. */
function knownPairOf(get: string, put: string): string | undefined {
  const trace = tell(`
    drv-9 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio ${get}
    drv-9 0 2.0 -1 count=1 < __page_ref_mod_and_test folio_put ${put}
  `)
  return pairFinderOf(trace, DEFAULT_RULES).pairOf(trace.events.stack[1], trace.events.stack[0])?.id
}

test('pairs of one module fit where both stacks name the same one, and it is no file system', () => {
  expect(knownPairOf('grab[one] vfs_ioctl', 'drop[one] __fput')).toBe('pair-driver-module')
  expect(knownPairOf('grab[one] vfs_ioctl', 'drop[two] __fput')).toBeUndefined()
  expect(knownPairOf('grab vfs_ioctl', 'drop __fput')).toBeUndefined()
  expect(knownPairOf('odd_get[ext4] vfs_ioctl', 'odd_put[ext4] __fput')).toBeUndefined()
})

test('a caller of two references at once makes neither the partner of the other’s put', () => {
  const send = 'filemap_splice_read splice_direct_to_actor do_sendfile'
  expect(knownPairOf(`filemap_get_pages ${send}`, `__folio_batch_release ${send}`)).toBe('pair-splice-look-up')
  expect(knownPairOf(`splice_folio_into_pipe ${send}`, `__folio_batch_release ${send}`)).toBeUndefined()
  const evict = 'remove_inode_hugepages hugetlbfs_evict_inode'
  const added = '__filemap_add_folio hugetlb_add_to_page_cache hugetlb_no_page hugetlb_fault'
  expect(knownPairOf(`filemap_get_folios ${evict}`, `__folio_batch_release ${evict}`)).toBe('pair-truncate')
  expect(knownPairOf(added, `__folio_batch_release ${evict}`)).toBeUndefined()
  expect(knownPairOf(added, `filemap_free_folio filemap_remove_folio ${evict}`)).toBe('pair-page-cache')
  const truncate = 'truncate_inode_pages_range ext4_evict_inode'
  expect(knownPairOf('__filemap_add_folio filemap_add_folio', `__folio_batch_release ${truncate}`)).toBeUndefined()
  expect(knownPairOf('__filemap_add_folio filemap_add_folio', `filemap_free_folio ${truncate}`)).toBe('pair-page-cache')
})

test('whoever releases pages in a batch drains no batch of the LRU', () => {
  expect(knownPairOf('folio_add_lru do_anonymous_page', 'release_pages odd_release __fput')).toBeUndefined()
  expect(knownPairOf('folio_add_lru do_anonymous_page', 'release_pages folio_batch_move_lru lru_add_drain_cpu')).toBe(
    'pair-lru-batch',
  )
})

test('what an interrupt broke into is no part of a pair', () => {
  const trace = tell(`
    drv-9 0 1.0 +1 unless count=2 < __page_ref_mod_unless try_get_folio iter_to_pipe __do_sys_vmsplice
    drv-9 0 2.0 -1 count=1 < __page_ref_mod_and_test folio_put my_irq handle_softirqs pipe_release __fput
  `)
  const { isKnown } = pairFinderOf(trace, DEFAULT_RULES)
  expect(isKnown(trace.events.stack[1], trace.events.stack[0])).toBe(false)
})

test('the pairs that come with pinscope are right: ids, patterns, a reason and a place in the kernel', () => {
  expect(new Set(KNOWN_PAIRS.map(({ id }) => id)).size).toBe(KNOWN_PAIRS.length)
  for (const { id, get, put, reason, source } of KNOWN_PAIRS) {
    expect(id).toMatch(/^pair-[a-z0-9-]{1,35}$/)
    expect([...get, ...put].map(patternProblem).filter((problem) => problem !== undefined)).toEqual([])
    expect(get.length * put.length).toBeGreaterThan(0)
    expect(reason).not.toBe('')
    expect(source).toMatch(/\.[ch]|\.rst/)
  }
})

const columnsOf = (trace: Trace, set: typeof DEFAULT_RULES): readonly (readonly number[])[] => {
  const { getRow, putRow, class: classes, units } = buildHolds(trace, buildLifetimes(trace), set)
  return [getRow, putRow, classes, units].map(valuesOf)
}

function valuesOf<Value extends number>(column: Column<Value>): readonly Value[] {
  return Array.from({ length: column.length }, (_, row) => column[row])
}

propertyTest.prop([referenceStory()])(
  'holds are the same without pairs as with pairs that fit no put, or no get',
  (story) => {
    const trace = tell(story)
    const none = { ...DEFAULT_RULES, pairs: [] }
    const plain = columnsOf(trace, none)
    expect(columnsOf(trace, { ...none, pairs: [{ ...MINE, put: ['\\w+'] }] })).toEqual(plain)
    expect(columnsOf(trace, { ...none, pairs: [{ ...MINE, get: ['\\w+'] }] })).toEqual(plain)
  },
)

propertyTest.prop([referenceStory()])(
  'the pair of two stacks is the first whose patterns fit a frame of either',
  (story) => {
    const trace = tell(story)
    const { pairOf } = pairFinderOf(trace, DEFAULT_RULES)
    const fits = (patterns: readonly string[], stack: StackId): boolean =>
      namesOf(trace, stack).some((name) => patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(name)))
    const stacks = new Set(valuesOf(trace.events.stack))
    for (const put of stacks) {
      for (const get of stacks) {
        const slow = KNOWN_PAIRS.find(
          (pair) =>
            fits(pair.put, put) &&
            fits(pair.get, get) &&
            (pair.isSameModule !== true ||
              (moduleOf(trace, put) >= 0 && moduleOf(trace, put) === moduleOf(trace, get))),
        )
        expect(pairOf(put, get)?.id).toBe(slow?.id)
      }
    }
  },
)

/** The stories have no interrupts and no instrumentation. */
function framesOfStack(trace: Trace, stack: StackId): readonly FrameId[] {
  return valuesOf(framesOf(trace.stacks, stack))
}

function namesOf(trace: Trace, stack: StackId): readonly string[] {
  return framesOfStack(trace, stack).map((frame) => trace.strings.text(trace.frames.symbol[frame]))
}

function moduleOf(trace: Trace, stack: StackId): number {
  return (
    framesOfStack(trace, stack)
      .map((frame) => trace.frames.module[frame])
      .find((module) => module >= 0) ?? -1
  )
}
