import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { recordPlan, type RecordPlan } from '../../src/queries/record/record-plan.ts'
import { type RecordQuestion, type RecordTool, type RecordTrigger } from '../../src/queries/record/record-question.ts'
import { recordScript } from '../../src/report/record/record-script.ts'
import { recordText } from '../../src/report/record/record-text.ts'
import { lineDifference } from '../support/line-difference.ts'

const KERNELS = ['5.4', '5.10.160-android12-9', '5.15', '6.1', '6.6', '6.12']
const TRIGGERS: readonly RecordTrigger[] = ['cma', 'offline', 'compaction', 'hugetlb', 'wait']
const TOOLS: readonly RecordTool[] = ['tracefs', 'trace-cmd', 'perf']
const SPANS = [
  { startPfn: 0x17800, endPfn: 0x17c00 },
  { startPfn: 0x20301, endPfn: 0x20302 },
]
/** Every release but 6.1, and the one nearer to 6.1 that its scripts are told against. */
const NEIGHBOURS = [
  ['5.15', '6.1'],
  ['5.10.160-android12-9', '5.15'],
  ['5.4', '5.10.160-android12-9'],
  ['6.6', '6.1'],
  ['6.12', '6.6'],
] as const
const GRID = TRIGGERS.flatMap((trigger) => TOOLS.map((tool) => ({ trigger, tool })))

function planOf(question: Partial<RecordQuestion>): RecordPlan {
  const plan = recordPlan({ kernel: '6.1', trigger: 'cma', tool: 'tracefs', spans: SPANS, ...question })
  if (!plan.ok) throw new Error(plan.error)
  return plan.value
}

/**
 * The stored text; UPDATE_GOLDEN=1 stores what is there now. One script is stored whole, every other as its difference
 * from one that is pinned, which pins it too.
 */
function golden(name: string, text: string): string {
  const path = new URL(`../fixtures/record/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
  return readFileSync(path, 'utf8')
}

/** The script of 6.1, where nothing else is said. */
function script(question: Partial<RecordQuestion> = {}): string {
  return recordScript(planOf(question))
}

/** The scripts of a release for all triggers, where no PFN is known. */
function releaseScripts(kernel: string): string {
  return TRIGGERS.map((trigger) => script({ kernel, trigger, spans: [], block: 4 })).join('\n')
}

test('a CMA area with tracefs is recorded as it was on 6.1', () => {
  expect(script()).toBe(golden('cma-tracefs-6.1.sh', script()))
})

test.each(TOOLS.filter((tool) => tool !== 'tracefs'))('%s differs from tracefs as it did', (tool) => {
  const difference = lineDifference(script(), script({ tool }))
  expect(difference).toBe(golden(`cma-${tool}-6.1.diff`, difference))
})

test.each(GRID.filter(({ trigger }) => trigger !== 'cma'))(
  '$trigger with $tool differs from a CMA area as it did',
  ({ trigger, tool }) => {
    const difference = lineDifference(script({ tool }), script({ trigger, tool }))
    expect(difference).toBe(golden(`${trigger}-${tool}-6.1.diff`, difference))
  },
)

test('where no PFN is known, every trigger differs from one with PFNs as it did', () => {
  const known = TRIGGERS.map((trigger) => script({ trigger })).join('\n')
  const difference = lineDifference(known, releaseScripts('6.1'))
  expect(difference).toBe(golden('blind-tracefs-6.1.diff', difference))
})

test.each(NEIGHBOURS)('Linux %s differs from %s as it did', (kernel, neighbour) => {
  const difference = lineDifference(releaseScripts(neighbour), releaseScripts(kernel))
  expect(difference).toBe(golden(`blind-tracefs-${kernel}.diff`, difference))
})

test('steps tell why, what they need and what they cost', () => {
  const text = recordText(planOf({ kernel: '6.12', isFromBoot: true }))
  expect(text).toBe(golden('cma-tracefs-6.12.txt', text))
})

const QUESTIONS: readonly Partial<RecordQuestion>[] = [
  { spans: SPANS },
  { spans: [], area: 'linux,cma', block: 7 },
  { spans: [], isFromBoot: false },
]

test.each(KERNELS)('a shell understands the script of each trigger with each tool on %s', (kernel) => {
  const folder = mkdtempSync(join(tmpdir(), 'pinscope-scripts-'))
  const asked = GRID.flatMap((one) => QUESTIONS.map((question) => ({ kernel, ...one, ...question })))
  for (const [at, question] of asked.entries())
    writeFileSync(join(folder, `${at}-${question.trigger}-${question.tool}.sh`), script(question))
  // One shell that begins the others: a process of Node's for each takes a hundred times as long.
  const each = 'for f in *.sh; do sh -n "$f" || echo "$f"; done; ls *.sh | wc -l'
  const told = execFileSync('sh', ['-c', each], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  rmSync(folder, { recursive: true })
  expect(told.trim()).toBe(String(asked.length))
})

test('the events of a release are asked for, and no others', () => {
  const events = (kernel: string): string => script({ kernel }).match(/for E in (.*); do \[/)?.[1] ?? ''
  expect(events('5.4')).toBe(
    'page_ref page_isolation/test_pages_isolated cma migrate/mm_migrate_pages sched/sched_process_exit',
  )
  expect(events('6.12')).toContain('migrate/mm_migrate_pages_start kmem/mm_alloc_contig_migrate_range_info')
  expect(script({ kernel: '5.4', trigger: 'wait' })).toContain('page_isolation/test_pages_isolated cma/cma_alloc;')
  expect(script({ kernel: '5.15', trigger: 'wait' })).toContain('cma/cma_alloc_finish;')
})

test('page_owner is entered at the range where the kernel can do that, and read as a whole before', () => {
  expect(script({ kernel: '6.12' })).toContain('skip=$((0x17800 & ~1023))')
  const old = script({ kernel: '5.15' })
  expect(old).toContain('dd if=/sys/kernel/debug/page_owner of=pinscope-capture/page_owner.txt bs=64k\n')
  expect(old).not.toContain('skip_bytes')
})

test('page_ref events are never on without a filter', () => {
  for (const { trigger, tool } of GRID) {
    const written = script({ trigger, tool, spans: [] })
    const isFiltered = written.includes('FILTER=')
    expect(/-e '?page_ref|for E in page_ref/.test(written)).toBe(isFiltered)
  }
})

test('without PFNs, area and block the plan says that this run only tells which pages fail', () => {
  expect(planOf({ trigger: 'compaction', spans: [] }).warnings).toEqual([expect.stringContaining('Without PFNs')])
})

test('a kernel that the commands were not checked for is told so', () => {
  expect(planOf({ kernel: '4.19' }).warnings.join()).toContain('5.4 to 6.12')
  expect(planOf({ kernel: '6.18' }).warnings.join()).toContain('5.4 to 6.12')
  expect(planOf({ kernel: '6.12', trigger: 'wait' }).warnings).toEqual([])
})

test.each([
  [{ kernel: 'six' }, 'six names no kernel release'],
  [{ kernel: '6.1; reboot' }, 'names no kernel release'],
  [{ kernel: '6.1$(reboot)' }, 'names no kernel release'],
  [{ area: 'a; reboot' }, 'is no name of a CMA area'],
  [{ area: '..' }, 'is no name of a CMA area'],
  [{ area: "x'y" }, 'is no name of a CMA area'],
  [{ block: -1 }, 'a memory block is a whole number'],
  [{ block: 1.5 }, 'a memory block is a whole number'],
  [{ pages: 0 }, 'above 0'],
  [{ bufferKb: Number.NaN }, 'above 0'],
  [{ isFromBoot: true, spans: [] }, 'needs PFNs'],
])('%j is refused', (question, words) => {
  const asked = { kernel: '6.1', trigger: 'cma', tool: 'tracefs', spans: SPANS, ...question } as const
  expect(recordPlan(asked)).toEqual({ ok: false, error: expect.stringContaining(words) as unknown })
})

property.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
  'nothing typed reaches a script unless it is a plain name',
  (kernel, area) => {
    const plan = recordPlan({ kernel, area, trigger: 'cma', tool: 'tracefs', spans: SPANS })
    if (!plan.ok) return
    expect(kernel.trim()).toMatch(/^[\w.+~-]+$/)
    expect(area).toMatch(/^[\w,.@:+-]+$/)
  },
)
