import { CONFIG } from './config-needs.ts'
import { quietLines } from './message-lines.ts'
import { type PageChoice } from './page-choice.ts'
import { type RecordStep } from './record-plan.ts'
import { type StepsAsked } from './record-steps.ts'
import { isSince } from './release-facts.ts'
import { hullWords } from './setup-lines.ts'

const DEBUG = '/sys/kernel/debug'
const MOST_ARRAY_PAGES = 4_194_304

/** What lies beside a trace: who allocated the pages, what state they are in, what the kernel said. */
export function collectStep(asked: StepsAsked): RecordStep {
  return {
    id: 'collect',
    title: 'Save what the kernel knows of the pages',
    why:
      'page_owner tells who allocated them, kpageflags and kpagecount their state and mappings, the log the pages that ' +
      'the kernel itself blames, kallsyms the names of addresses, pagetypeinfo those of migratetypes.',
    needs: [CONFIG.pageOwner, CONFIG.pageMonitor],
    cost: isSince(asked.release, 'ownerSeek')
      ? 'Some 600 bytes for each page of the range that is allocated.'
      : 'Before 6.2 page_owner is read from the first page of the machine on: some 600 bytes for each allocation, minutes on a large one.',
    commands: [
      ...ownerLines(asked),
      ...arrayLines(asked),
      'dmesg > pinscope-capture/dmesg.txt',
      ...quietLines(asked),
      'uname -a > pinscope-capture/uname.txt',
      'for F in kallsyms zoneinfo pagetypeinfo buddyinfo meminfo modules cmdline iomem; do cat "/proc/$F" > "pinscope-capture/$F.txt"; done',
      ...cmaLines(asked),
      `for F in ${DEBUG}/page_pinner/*; do [ -r "$F" ] && cat "$F" > "pinscope-capture/page_pinner-\${F##*/}.txt"; done`,
    ],
    when: 'run',
  }
}

/** A read gives one record and needs room for it: a reader with a small buffer gets ENOMEM (mm/page_owner.c). */
function ownerLines({ release, choice }: StepsAsked): readonly string[] {
  const read = `dd if=${DEBUG}/page_owner of=pinscope-capture/page_owner.txt bs=64k`
  const hull = hullWords(choice)
  if (hull === undefined || !isSince(release, 'ownerSeek')) return [read]
  return [
    ...hull.lines,
    `${read} iflag=skip_bytes skip=$((${hull.low} & ~1023)) count=$((${hull.high} - (${hull.low} & ~1023)))`,
  ]
}

/** Eight bytes a page; a note tells which pages they are of. */
function arrayLines({ choice }: StepsAsked): readonly string[] {
  const hull = hullWords(choice)
  if (hull === undefined || isFarApart(choice)) return []
  return [
    ...hull.lines,
    `FROM=$((${hull.low} / 512)); TO=$(((${hull.high} + 511) / 512))`,
    'for F in kpageflags kpagecount kpagecgroup; do [ -r "/proc/$F" ] && dd if="/proc/$F" of="pinscope-capture/$F" bs=4096 skip="$FROM" count=$((TO - FROM)); done',
    `printf 'start_pfn=0x%x end_pfn=0x%x\\n' $((FROM * 512)) $((TO * 512)) > pinscope-capture/window.txt`,
  ]
}

/** The arrays would be more than 32 MiB each, most of it of pages that nobody asks for. */
function isFarApart(choice: PageChoice): boolean {
  if (choice.kind !== 'told') return false
  const { spans } = choice.filter
  return spans[spans.length - 1].endPfn - spans[0].startPfn > MOST_ARRAY_PAGES
}

function cmaLines({ question: { trigger } }: StepsAsked): readonly string[] {
  if (trigger !== 'cma' && trigger !== 'wait') return []
  return [
    `for C in ${DEBUG}/cma/*/; do A=pinscope-capture/cma/$(basename "$C"); mkdir -p "$A"; for F in base_pfn count order_per_bit used maxchunk bitmap; do cat "$C/$F" > "$A/$F"; done; done`,
  ]
}
