/** One record of a page_owner dump, as it is told in tests; what is not said is plain. */
export interface ToldOwner {
  readonly pfn: number
  readonly order?: number
  readonly mask?: string
  readonly pid?: number
  readonly comm?: string
  /** ns; 0 is a time too. */
  readonly ts?: number
  readonly freeTs?: number
  readonly asked?: string
  readonly block?: string
  readonly flags?: string
  /** Leaf first; `+0x1/0x10` is added where a frame has none. */
  readonly stack?: readonly string[]
}

/** A page_owner dump of records, as kernels 5.18 to 6.6 print it. */
export function ownerText(records: readonly ToldOwner[]): string {
  return records.map((record) => `${recordLines(record).join('\n')}\n\n`).join('')
}

function recordLines(record: ToldOwner): readonly string[] {
  const { pfn, order = 0, mask = '0xcc0(GFP_KERNEL)', pid = 7, comm = 'app', ts = 5, freeTs } = record
  const { asked = 'Unmovable', block = 'Unmovable', flags = '0x0()', stack = ['grab', 'caller'] } = record
  const freed = freeTs === undefined ? '' : `, free_ts ${freeTs} ns`
  return [
    `Page allocated via order ${order}, mask ${mask}, pid ${pid}, tgid ${pid} (${comm}), ts ${ts} ns${freed}`,
    `PFN ${pfn} type ${asked} Block ${pfn >> 9} type ${block} Flags ${flags}`,
    ...stack.map((frame) => ` ${frame.includes('+0x') ? frame : `${frame}+0x1/0x10`}`),
  ]
}
