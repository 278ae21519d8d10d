import { type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol } from '../holder-frame.ts'
import { type Trigger } from './failed-range.ts'

const TRIGGER_FRAMES: readonly (readonly [RegExp, Trigger])[] = [
  [
    /^(?:alloc_(?:gigantic|pool_huge|fresh_hugetlb|surplus_hugetlb|buddy_hugetlb)\w*|only_alloc_fresh_hugetlb\w*|hugetlb_\w+|alloc_gigantic_\w+|__nr_hugepages_store_common|set_max_huge_pages|nr_hugepages_\w+)$/,
    'hugetlb',
  ],
  [/^(?:offline_pages|memory_subsys_offline|memory_block_\w+|__offline_pages)$/, 'offline'],
  [/^(?:_*cma_alloc\w*|cma_range_alloc|dma_alloc_contiguous|dma_alloc_from_contiguous)$/, 'cma'],
  [/^virtio_mem_\w+$/, 'contig'],
]

/** Who wanted a range, by the stack of what was done for it; undefined when no frame tells. */
export function triggerOfStack(trace: Trace, stack: StackId): Trigger | undefined {
  const symbols = symbolsOf(trace, stack)
  return TRIGGER_FRAMES.find(([pattern]) => symbols.some((symbol) => pattern.test(symbol)))?.[1]
}

/** Function names of a stack, leaf first, without what the compiler adds. */
export function symbolsOf(trace: Trace, stack: StackId): readonly string[] {
  const frames = framesOf(trace.stacks, stack)
  return Array.from({ length: frames.length }, (_, at) =>
    bareSymbol(trace.strings.text(trace.frames.symbol[frames[at]])),
  )
}
