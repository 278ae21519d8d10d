import { expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tracedText } from '../../support/tell.ts'

/** What is said of the dump of a page whose migration failed, as 6.12 prints it, with what stands after its first line. */
async function saidOf(rest: string): Promise<string> {
  const trace = await tellCapture({
    'trace.txt': tracedText(`
      app-9 0 1.1 +2 unless count=3 mapcount=-201326592 flags=uptodate|head < vpu_map_user[vpu] vpu_ioctl[vpu]
      init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
      oth-8 0 9.0 set 1 pfn=0x900 < do_anonymous_page`),
    'dmesg.txt': `[    1.999000] page: refcount:4 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x100
${rest}
[    1.999000] page dumped because: migration failure
`,
  })
  const { pages } = derive(trace).findings[0]
  return pages[0].evidence.find(({ text }) => text.startsWith('dump_page'))?.text ?? 'nothing'
}

test('a dump of a large folio is not reckoned with: it counts the mappings of one page, the references of all', async () => {
  expect(
    await saidOf(`[    1.999000] head: order:9 mapcount:1 entire_mapcount:1 nr_pages_mapped:0 pincount:2
[    1.999000] anon flags: 0x800000000000085c(referenced|uptodate|dirty|owner_2|head|zone=2)`),
  ).toBe('dump_page: refcount:4 mapcount:0; dumped because: migration failure')
})

test('a dump of a single anonymous page tells how many of its references are unexpected', async () => {
  expect(await saidOf('[    1.999000] anon flags: 0x80000000000001c(referenced|uptodate|lru|swapbacked|zone=1)')).toBe(
    "dump_page: refcount:4 mapcount:0; of these 0 mapped and 1 migration's own, so 3 unexpected; dumped because: migration failure",
  )
})
