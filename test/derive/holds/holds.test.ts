import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbersOf } from '../../../src/base/column.ts'
import { buildLifetimes } from '../../../src/derive/counts/lifetimes.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED, HOLD_OPEN } from '../../../src/derive/holds/hold-table.ts'
import { deltaOf } from '../../../src/derive/operation.ts'
import { FREEZE, UNFREEZE } from '../../../src/model/event-kind.ts'
import { NONE } from '../../../src/model/ids.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { held, holdsOf } from '../../support/held.ts'
import { referenceStory } from '../../support/random-story.ts'
import { tell } from '../../support/tell.ts'

const DRIVER = '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast drv_grab[drv] vfs_ioctl'
const DRIVER_PUT = '__page_ref_mod_and_test drv_release[drv] vfs_ioctl'
const FAULT = 'get_page_from_freelist do_anonymous_page handle_mm_fault'
const PIN = '__page_ref_mod try_grab_folio pin_user_pages drv_pin[drv]'
const UNPIN = '__page_ref_mod_and_test gup_put_folio unpin_user_pages drv_unpin[drv]'
const EXIT = '__page_ref_mod_and_test folios_put_refs tlb_finish_mmu exit_mmap mmput do_exit'

test('a get and the put that answers it are one hold', () => {
  expect(
    held(`
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      drv-9 0 3.0 -1 count=1 < ${DRIVER_PUT}
    `),
  ).toEqual(['driver 1 drv-9 2.000000 -> 3.000000'])
})

test('of a reference and its copy in another pipe, the copy is what stays', () => {
  const SPLICE = '__page_ref_mod_unless try_get_folio iov_iter_get_pages2 __do_sys_vmsplice do_syscall_64'
  const TEE = '__page_ref_mod generic_pipe_buf_get do_tee __do_sys_tee do_syscall_64'
  const READ = '__page_ref_mod_and_test anon_pipe_buf_release pipe_read vfs_read ksys_read do_syscall_64'
  expect(
    held(`
      feeder-9 0 2.0 +1 unless count=2 < ${SPLICE}
      feeder-9 0 2.1 +1 count=3 < ${TEE}
      feeder-9 0 2.2 -1 count=2 < ${READ}
      reader-8 0 9.0 -1 count=1 < ${READ}
    `),
  ).toEqual(['io 1 feeder-9 2.000000 -> 2.200000', 'io 1 feeder-9 2.100000 -> 9.000000'])
})

test('of a file sent to a socket, what stays is the reference of the socket buffer', () => {
  const SEND = 'splice_direct_to_actor do_splice_direct do_sendfile do_syscall_64'
  expect(
    held(`
      web-9 0 2.0 +1 unless count=2 < __page_ref_mod_unless filemap_get_entry shmem_get_folio_gfp shmem_file_splice_read ${SEND}
      web-9 0 2.1 +1 count=3 < __page_ref_mod splice_folio_into_pipe shmem_file_splice_read ${SEND}
      web-9 0 2.2 -1 count=2 < __page_ref_mod_and_test shmem_file_splice_read ${SEND}
      web-9 0 2.3 +1 count=3 < __page_ref_mod skb_append_pagefrags skb_splice_from_iter tcp_sendmsg_locked tcp_sendmsg splice_to_socket ${SEND}
      web-9 0 2.4 -1 count=2 < __page_ref_mod_and_test page_cache_pipe_buf_release splice_to_socket ${SEND}
      web-9 0 9.0 -1 count=1 < __page_ref_mod_and_test skb_release_data __kfree_skb tcp_recvmsg_locked
    `),
  ).toEqual(['io 1 web-9 2.000000 -> 2.200000', 'io 1 web-9 2.100000 -> 2.400000', 'io 1 web-9 2.300000 -> 9.000000'])
})

test('the batch that a page is put back through is drained by whoever fills it up', () => {
  expect(
    held(`
      init-1 0 2.0 +1 unless count=2 < __page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range
      init-1 0 2.1 +1 count=3 < __page_ref_mod __folio_batch_add_and_move folio_putback_lru putback_movable_pages
      init-1 0 2.2 -1 count=2 < __page_ref_mod_and_test folio_putback_lru putback_movable_pages
      sleep-73 0 3.0 -1 count=1 < __page_ref_mod_and_test folios_put_refs __folio_batch_add_and_move do_wp_page handle_mm_fault
    `),
  ).toEqual(['migration 1 init-1 2.000000 -> 2.200000', 'lru 1 init-1 2.100000 -> 3.000000'])
})

test('a put without a stack is not the page cache giving up a page that is still in it', () => {
  const LOOKUP =
    '__page_ref_mod_unless filemap_get_entry __filemap_get_folio find_get_block_common bdev_getblk ext4_getblk'
  const CACHED = 'flags=uptodate|private mapping=0xabc'
  expect(
    held(`
      tar-9 0 2.0 +1 count=2 flags=locked mapping=0x0 < __page_ref_mod __filemap_add_folio filemap_add_folio
      tar-9 0 2.1 +1 count=3 flags=locked mapping=0xabc < __page_ref_mod __getblk_slow ext4_getblk
      tar-9 0 2.2 +1 unless count=4 ${CACHED} < ${LOOKUP}
      tar-9 0 2.3 -1 count=3 ${CACHED}
    `),
  ).toEqual([
    'page_cache 1 tar-9 2.000000 -> ...',
    'page_cache 1 tar-9 2.100000 -> ...',
    'io 1 tar-9 2.200000 -> 2.300000',
  ])
})

test('a put without a stack at which the page has left the cache is the cache giving it up', () => {
  expect(
    held(`
      tar-9 0 2.0 +1 count=2 flags=locked mapping=0x0 < __page_ref_mod __filemap_add_folio filemap_add_folio
      tar-9 0 2.1 +1 unless count=3 flags=uptodate mapping=0xabc < __page_ref_mod_unless filemap_get_entry filemap_read
      rm-8 0 2.2 -1 count=2 flags=uptodate mapping=0x0
    `),
  ).toEqual(['page_cache 1 tar-9 2.000000 -> 2.200000', 'io 1 tar-9 2.100000 -> ...'])
})

test('a get without a put stays open to the end of the trace', () => {
  const story = `
    drv-9 0 2.0 +1 count=2 < ${DRIVER}
    oth-8 0 9.0 set 1 pfn=0x1
  `
  expect(held(story)[0]).toBe('driver 1 drv-9 2.000000 -> ...')
  const holds = holdsOf(tell(story))
  const open = numbersOf(holds.kind).indexOf(HOLD_OPEN)
  expect(holds.to[open] / 1e9).toBe(9 - 2)
})

test('a put without a get began before the trace', () => {
  expect(held(`drv-9 0 3.0 -1 count=1 < ${DRIVER_PUT}`)).toEqual(['driver 1 drv-9 ... -> 3.000000'])
})

test('FOLL_PIN on a small folio is one hold of 1024, slow path in one event', () => {
  expect(
    held(`
      drv-9 0 2.0 +1024 count=1025 < ${PIN}
      drv-9 0 3.0 -1024 count=1 < ${UNPIN}
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> 3.000000'])
})

test('the fast path of FOLL_PIN, +1 and +1023, is one hold of 1024', () => {
  const fast = '__page_ref_mod try_grab_folio_fast gup_fast_fallback pin_user_pages_fast drv_pin[drv]'
  expect(
    held(`
      drv-9 0 2.000000 +1 unless count=2 < ${fast}
      drv-9 0 2.000001 +1023 count=1025 < ${fast}
      drv-9 0 3.000000 -1024 count=1 < ${UNPIN}
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> 3.000000'])
})

test('another CPU between the two events of a pin does not part them', () => {
  const fast = '__page_ref_mod try_grab_folio_fast gup_fast_fallback pin_user_pages_fast drv_pin[drv]'
  expect(
    held(`
      drv-9 0 2.000000 +1 unless count=2 < ${fast}
      oth-8 1 2.000001 +1 unless count=3 < ${fast}
      drv-9 0 2.000002 +1023 count=1026 < ${fast}
      oth-8 1 2.000003 +1023 count=2049 < ${fast}
      drv-9 0 3.000000 -1024 count=1025 < ${UNPIN}
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> 3.000000', 'gup_pin 1024 oth-8 2.000001 -> ...'])
})

test('+1 and +1023 are one pin where pin_user_pages_fast is inlined into the driver', () => {
  expect(
    held(`
      drv-9 0 2.000000 +1 unless count=2 < __page_ref_mod_unless try_grab_folio internal_get_user_pages_fast drv_reg[drv] vfs_ioctl
      drv-9 0 2.000001 +1023 count=1025 < __page_ref_mod try_grab_folio internal_get_user_pages_fast drv_reg[drv] vfs_ioctl
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> ...'])
})

test('a put of the function that looked the page up gives back the look-up, not what was handed on meanwhile', () => {
  const lookUp =
    '__page_ref_mod_unless try_get_folio filemap_get_read_batch filemap_get_pages filemap_splice_read do_splice'
  const handOn = '__page_ref_mod splice_folio_into_pipe filemap_splice_read do_splice'
  const done = '__page_ref_mod_and_test folios_put_refs filemap_splice_read do_splice'
  expect(
    held(`
      cat-9 0 2.000000 +1 unless count=2 < ${lookUp}
      cat-9 0 2.000001 +1 count=3 < ${handOn}
      cat-9 0 2.000002 -1 count=2 < ${done}
    `),
  ).toEqual(['io 1 cat-9 2.000000 -> 2.000002', 'io 1 cat-9 2.000001 -> ...'])
})

test('without stacks +1 and +1023 are a pin all the same', () => {
  expect(
    held(`
      drv-9 0 2.000000 +1 unless count=2
      drv-9 0 2.000001 +1023 count=1025
      kwk-5 1 3.000000 -1024 count=1
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> 3.000000'])
})

test('+1023 completes only a pin of the same task', () => {
  const fast = '__page_ref_mod try_grab_folio_fast gup_fast_fallback pin_user_pages_fast drv_pin[drv]'
  expect(
    held(`
      drv-9 0 2.000000 +1 unless count=2 < ${fast}
      oth-8 1 2.000001 +1023 count=1025 < ${fast}
    `),
  ).toEqual(['gup_pin 1 drv-9 2.000000 -> ...', 'gup_pin 1024 oth-8 2.000001 -> ...'])
})

test('a second half whose first was lost is a whole pin, and is given back as one', () => {
  const fast = '__page_ref_mod try_grab_folio_fast gup_fast_fallback pin_user_pages_fast drv_pin[drv]'
  expect(
    held(`
      drv-9 0 2.0 +1023 count=1025 < ${fast}
      drv-9 0 3.0 -1024 count=1 < ${UNPIN}
    `),
  ).toEqual(['gup_pin 1024 drv-9 2.000000 -> 3.000000'])
})

test('n references taken at once and put one by one are one hold that ends with the last', () => {
  expect(
    held(`
      drv-9 0 2.0 +3 count=4 < ${DRIVER}
      drv-9 0 3.0 -1 count=3 < ${DRIVER_PUT}
      drv-9 0 4.0 -1 count=2 < ${DRIVER_PUT}
      drv-9 0 5.0 -1 count=1 < ${DRIVER_PUT}
    `),
  ).toEqual(['driver 3 drv-9 2.000000 -> 5.000000'])
})

test('of n references with fewer puts the rest stays open', () => {
  expect(
    held(`
      drv-9 0 2.0 +3 count=4 < ${DRIVER}
      drv-9 0 3.0 -1 count=3 < ${DRIVER_PUT}
    `),
  ).toEqual(['driver 2 drv-9 2.000000 -> ...'])
})

test('several gets given back in one put are all closed by it', () => {
  expect(
    held(`
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      drv-9 0 2.1 +1 count=3 < ${DRIVER}
      drv-9 0 3.0 -2 count=1 < ${DRIVER_PUT}
    `).toSorted(),
  ).toEqual(['driver 1 drv-9 2.000000 -> 3.000000', 'driver 1 drv-9 2.100000 -> 3.000000'])
})

test('after a hand-over the copy is what stays open', () => {
  const splice = '__page_ref_mod_unless try_get_folio get_user_pages_fast iov_iter_get_pages2 __do_sys_vmsplice'
  const tee = '__page_ref_mod generic_pipe_buf_get do_tee __do_sys_tee'
  const release = '__page_ref_mod_and_test generic_pipe_buf_release pipe_read vfs_read'
  const balanced = `
    app-7 0 1.0 +1 unless count=2 pfn=0x200 < ${splice}
    app-7 0 1.1 -1 count=1 pfn=0x200 < ${release}
  `
  expect(
    held(`${balanced}
      app-7 0 2.0 +1 unless count=2 < ${splice}
      app-7 0 3.0 +1 count=3 < ${tee}
      app-7 0 4.0 -1 count=2 < ${release}
      oth-8 0 5.0 set 1 pfn=0x300
    `).filter((hold) => hold.endsWith('...') && !hold.startsWith('allocation')),
  ).toEqual(['io 1 app-7 3.000000 -> ...'])
})

test('of two identical gets with one put, one stays open', () => {
  const open = held(`
    drv-9 0 2.0 +1 count=2 < ${DRIVER}
    drv-9 0 2.5 +1 count=3 < ${DRIVER}
    drv-9 0 3.0 -1 count=2 < ${DRIVER_PUT}
  `)
  expect(open.filter((hold) => hold.endsWith('...'))).toHaveLength(1)
  expect(open).toHaveLength(2)
})

test('a put by a kworker answers the get of a process', () => {
  expect(
    held(`
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      kworker/0:1-20 1 3.0 -1 count=1 < __page_ref_mod_and_test drv_done_work[drv] process_one_work worker_thread
    `),
  ).toEqual(['driver 1 drv-9 2.000000 -> 3.000000'])
})

test('a put in interrupt context by <idle> answers the get of a process', () => {
  expect(
    held(`
      fio-67 0 2.0 +1024 count=1025 < __page_ref_mod try_grab_folio pin_user_pages iov_iter_extract_pages aio_read
      <idle>-0 1 3.0 -1024 count=1 < __page_ref_mod_and_test gup_put_folio __bio_release_pages blk_update_request
    `),
  ).toEqual(['gup_pin 1024 fio-67 2.000000 -> 3.000000'])
})

test('an LRU batch drained by another task closes the batch, not the driver', () => {
  expect(
    held(`
      app-7 0 1.0 set 1 count=1 < ${FAULT}
      app-7 0 1.1 +1 count=2 < __page_ref_mod folio_add_lru do_anonymous_page handle_mm_fault
      drv-9 0 2.0 +1 count=3 < ${DRIVER}
      oth-8 1 3.0 -1 count=2 < __page_ref_mod_and_test folios_put_refs folio_batch_move_lru lru_add_drain_cpu
    `).toSorted(),
  ).toEqual([
    'allocation 1 app-7 1.000000 -> ...',
    'driver 1 drv-9 2.000000 -> ...',
    'lru 1 app-7 1.100000 -> 3.000000',
  ])
})

test("the exit path's put closes the mapping's reference, never a driver's hold", () => {
  expect(
    held(`
      app-7 0 1.0 set 1 count=1 < ${FAULT}
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      app-7 0 3.0 -1 count=1 < ${EXIT}
    `),
  ).toEqual(['allocation 1 app-7 1.000000 -> 3.000000', 'driver 1 drv-9 2.000000 -> ...'])
})

test("the exit path's put without a mapping to answer leaves the driver's hold alone", () => {
  expect(
    held(`
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      app-7 0 3.0 -1 count=1 < ${EXIT}
    `).toSorted(),
  ).toEqual(['driver 1 drv-9 2.000000 -> ...', 'mapping 1 app-7 ... -> 3.000000'])
})

test('which put answers which get is learned where the trace leaves no doubt', () => {
  const getA = '__page_ref_mod try_get_folio a_get[drv] a_start[drv]'
  const getB = '__page_ref_mod try_get_folio b_get[drv] b_start[drv]'
  const putB = '__page_ref_mod_and_test b_done[drv] process_one_work'
  const lesson = (pfn: number): string => `
    w-1 0 1.0 +1 count=2 pfn=0x${pfn} < ${getB}
    kworker/0:1-20 0 1.1 -1 count=1 pfn=0x${pfn} < ${putB}
  `
  expect(
    held(`${lesson(200)}${lesson(201)}
      w-1 0 2.0 +1 count=2 < ${getB}
      w-1 0 2.1 +1 count=3 < ${getA}
      kworker/0:1-20 0 3.0 -1 count=2 < ${putB}
    `).filter((hold) => !hold.includes(' 1.')),
  ).toEqual(['driver 1 w-1 2.000000 -> 3.000000', 'driver 1 w-1 2.100000 -> ...'])
})

test('a get without a stack may be answered by any put, which tells what it was', () => {
  expect(
    held(`
      app-7 0 2.0 +1 count=2
      app-7 0 3.0 -1 count=1 < ${EXIT}
      drv-9 0 4.0 +1 count=2
      drv-9 0 5.0 -1 count=1 < ${DRIVER_PUT}
    `),
  ).toEqual(['mapping 1 app-7 2.000000 -> 3.000000', 'driver 1 drv-9 4.000000 -> 5.000000'])
})

test("a put without a stack is rather a batch's than a driver's", () => {
  expect(
    held(`
      app-7 0 1.0 +1 count=2 < __page_ref_mod folio_add_lru do_anonymous_page handle_mm_fault
      app-7 0 2.0 +1 count=3 < ${DRIVER}
      app-7 0 3.0 -1 count=2
    `),
  ).toEqual(['lru 1 app-7 1.000000 -> 3.000000', 'driver 1 app-7 2.000000 -> ...'])
})

test('freeze and unfreeze of one count are no get and no put', () => {
  expect(
    held(`
      mig-8 0 1.0 freeze 2 count=0 < __page_ref_freeze folio_migrate_mapping migrate_pages
      mig-8 0 1.1 unfreeze 2 < __page_ref_unfreeze folio_migrate_mapping migrate_pages
    `),
  ).toEqual([])
})

test('what an unfreeze gives back above the freeze is the page cache of the new page', () => {
  expect(
    held(`
      mig-8 0 1.0 freeze 1 count=0
      mig-8 0 1.1 unfreeze 2
    `),
  ).toEqual(['page_cache 1 mig-8 1.100000 -> ...'])
})

test('a refused freeze and a refused get hold nothing', () => {
  expect(
    held(`
      mig-8 0 1.0 freeze 2 refused count=3 < __page_ref_freeze folio_migrate_mapping
      drv-9 0 1.1 +1 refused count=3 < ${DRIVER}
    `),
  ).toEqual([])
})

test('when the count certainly reached zero, what is left over answers each other', () => {
  expect(
    held(`
      app-7 0 1.0 set 1 count=1 < ${FAULT}
      drv-9 0 2.0 +1 count=2 < ${DRIVER}
      app-7 0 3.0 -1 count=1 < ${EXIT}
      app-7 0 4.0 -1 count=0 < ${EXIT}
    `),
  ).toEqual(['allocation 1 app-7 1.000000 -> 3.000000', 'driver 1 drv-9 2.000000 -> 4.000000'])
})

test('a get of one life is never answered by a put of the next', () => {
  expect(
    held(`
      drv-9 0 1.0 +1 count=2 < ${DRIVER}
      oth-8 0 2.0 set 1 count=1 < ${FAULT}
      drv-9 0 3.0 -1 count=0 < ${DRIVER_PUT}
    `),
  ).toEqual(['driver 1 drv-9 1.000000 -> ...', 'allocation 1 oth-8 2.000000 -> 3.000000'])
})

test('references are conserved: gets without the open ones equal puts without those that began before', () => {
  fc.assert(
    fc.property(referenceStory(), (story) => {
      const trace = tell(story)
      const holds = holdsOf(trace)
      const sumOf = (kind: number): number => {
        let sum = 0
        for (let hold = 0; hold < holds.length; hold++) if (holds.kind[hold] === kind) sum += holds.units[hold]
        return sum
      }
      const hasFreeze = [FREEZE, UNFREEZE].some((kind) => numbersOf(trace.events.kind).includes(kind))
      fc.pre(!hasFreeze && !story.includes('+1023')) // a lone second half counts as a whole pin
      expect(sumOf(HOLD_OPEN) - sumOf(HOLD_BEGAN_BEFORE)).toBe(changeInLives(trace))
    }),
    { numRuns: 200 },
  )
})

test('every hold has units, a get before its put, and no row twice; holds ascend by page and start', () => {
  fc.assert(
    fc.property(referenceStory(), (story) => {
      const holds = holdsOf(tell(story))
      const rows = Array.from({ length: holds.length }, (_, hold) => hold)
      const gets = rows.map((hold) => holds.getRow[hold]).filter((row) => row !== NONE)
      expect(new Set(gets).size).toBe(gets.length)
      expect(rows.every((hold) => holds.units[hold] > 0 && holds.from[hold] <= holds.to[hold])).toBe(true)
      expect(rows.every((hold) => holds.kind[hold] !== HOLD_CLOSED || holds.getRow[hold] < holds.putRow[hold])).toBe(
        true,
      )
      expect(rows.map((hold) => holds.kind[hold])).toEqual(
        rows.map((hold) =>
          holds.getRow[hold] === NONE ? HOLD_BEGAN_BEFORE : holds.putRow[hold] === NONE ? HOLD_OPEN : HOLD_CLOSED,
        ),
      )
      expect(rows.every((hold) => hold === 0 || holds.page[hold] >= holds.page[hold - 1])).toBe(true)
    }),
    { numRuns: 150 },
  )
})

/** What all events changed together; a late print belongs to no life and holds nothing. */
function changeInLives(trace: Trace): number {
  const lives = buildLifetimes(trace)
  let change = 0
  for (let life = 0; life < lives.length; life++) {
    for (let row = lives.firstRow[life]; row <= lives.lastRow[life]; row++) {
      if (trace.events.page[row] === lives.page[life]) change += deltaOf(trace, row)
    }
  }
  return change
}

test('a put alone gives back what came after the last count without it, however long the trace is', () => {
  expect(
    held(`
      kwk-5 0 1.0 +1 unless count=3 < __page_ref_mod_unless filemap_get_entry mpage_prepare_extent_to_map
      kwk-5 0 2.0 -1 count=2 < __page_ref_mod_and_test mpage_prepare_extent_to_map
      idl-0 0 9.0 -1 count=2 < __page_ref_mod_and_test folio_end_writeback
    `),
  ).toContain('io 1 idl-0 ... -> 9.000000')
  const holds = holdsOf(
    tell(`
      kwk-5 0 1.0 +1 unless count=3 < __page_ref_mod_unless filemap_get_entry mpage_prepare_extent_to_map
      kwk-5 0 2.0 -1 count=2 < __page_ref_mod_and_test mpage_prepare_extent_to_map
      init-1 0 3.0 +1 unless count=4 < __page_ref_mod_unless isolate_migratepages_block
      init-1 0 3.1 -1 count=3 < __page_ref_mod_and_test isolate_migratepages_block
      idl-0 0 9.0 -1 count=2 < __page_ref_mod_and_test folio_end_writeback
    `),
  )
  const alone = numbersOf(holds.kind).indexOf(HOLD_BEGAN_BEFORE)
  expect(holds.from[alone] / 1e9).toBeCloseTo(3 - 1)
})

test('a put alone is as old as the trace where no count is without it', () => {
  const holds = holdsOf(
    tell(`
      init-1 0 3.0 +1 unless count=4 < __page_ref_mod_unless isolate_migratepages_block
      init-1 0 3.1 -1 count=3 < __page_ref_mod_and_test isolate_migratepages_block
      drv-9 0 9.0 -1 count=2 < ${DRIVER_PUT}
    `),
  )
  expect(holds.from[numbersOf(holds.kind).indexOf(HOLD_BEGAN_BEFORE)]).toBe(0)
})
