import { type BlockingPageAnswer, type PlaceAnswer } from '../queries/wire.ts'

/** A page with the first one before it that is held just so; absent for the first of its kind. */
export interface ToldPage {
  readonly page: BlockingPageAnswer
  readonly as?: BlockingPageAnswer
}

/** Finds pages that one holder holds alike: what the first shows in full need not be said of each. Keeps the order. */
export function withAlike(pages: readonly BlockingPageAnswer[]): readonly ToldPage[] {
  const firsts = new Map<string, BlockingPageAnswer>()
  return pages.map((page) => {
    const key = holderKey(page)
    const as = key === undefined ? undefined : firsts.get(key)
    if (key !== undefined && as === undefined) firsts.set(key, page)
    return as === undefined ? { page } : { page, as }
  })
}

/** Every line that a page's holder is proven by: `trace.txt:931, 1824969; page_owner.txt:14`. */
export function citedText(page: BlockingPageAnswer): string {
  const places = [...page.culprits.flatMap((culprit) => culprit.evidence), ...page.evidence].flatMap(
    (fact) => fact.places,
  )
  const byFile = new Map<string, number[]>()
  for (const { fileName, line } of places) addOnce(byFile, fileName, line)
  return [...byFile].map(([fileName, lines]) => `${fileName}:${lines.join(', ')}`).join('; ')
}

function addOnce(byFile: Map<string, number[]>, fileName: PlaceAnswer['fileName'], line: number): void {
  const lines = byFile.get(fileName) ?? []
  if (!lines.includes(line)) lines.push(line)
  byFile.set(fileName, lines)
}

/** The same for pages whose one holder is the same task in the same function; undefined when it is not one. */
function holderKey({ verdict, reason, excess, culprits, evidence }: BlockingPageAnswer): string | undefined {
  const [culprit] = culprits
  if (culprits.length !== 1 || culprit.anyOf > 1) return undefined
  const { task, function: name, module, class: of, kind, confidenceWord, units } = culprit
  const facts = [culprit.evidence.length, evidence.length]
  return [verdict, reason, excess, task.comm, task.pid, name, module, of, kind, confidenceWord, units, ...facts].join(
    '\0',
  )
}
