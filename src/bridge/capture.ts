import { type Evidence } from '../derive/attribution/finding.ts'
import { tellPage } from '../derive/attribution/findings.ts'
import { type Rest, withThreshold } from '../derive/derive.ts'
import { type Derived } from '../derive/derived.ts'
import { type Source } from '../formats/source.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { fileAnswers } from '../queries/file-answer.ts'
import { type OverviewAnswer, readOverview } from '../queries/overview.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { type FileHash } from '../model/file-hash.ts'
import { pageOfPfn } from '../queries/page-of-pfn.ts'
import { type PageId } from '../model/ids.ts'
import { LineTexts } from './line-texts.ts'

const MOST_THRESHOLDS = 8
/** Evidence lines read along with the first ones of a packed file. */
const MOST_LIKELY = 20_000
/** Pages whose evidence is looked at for them. */
const MOST_TOLD = 4000

/** What was read. */
interface CaptureParts {
  readonly sources: readonly Source[]
  readonly trace: Trace
  readonly hashes?: ReadonlyMap<number, FileHash>
}

const NO_HASHES: ReadonlyMap<number, FileHash> = new Map()

/** A loaded capture: the frozen trace, what was derived, and the sources to read single lines from again. */
export class Capture {
  readonly sources: readonly Source[]
  readonly trace: Trace
  /** What became of hashes that were put off, by index of the file: as far as it is known by now. */
  readonly hashes: ReadonlyMap<number, FileHash>
  #derived: Derived
  #rest: Rest | undefined
  #ofPage: { readonly page: PageId; readonly derived: Derived } | undefined
  readonly #mostEventsFirst: number | undefined
  readonly #byThreshold = new Map<number, Derived>()
  readonly #texts: readonly LineTexts[]

  /** `rest`: holds that `derived` has not yet. `mostEventsFirst`: as it was derived with. */
  constructor(
    { sources, trace, hashes = NO_HASHES }: CaptureParts,
    derived: Derived,
    rest?: Rest,
    mostEventsFirst?: number,
  ) {
    this.sources = sources
    this.trace = trace
    this.hashes = hashes
    this.#rest = rest
    this.#mostEventsFirst = mostEventsFirst
    this.#derived = derived
    this.#byThreshold.set(derived.thresholdNs, derived)
    this.#texts = trace.files.map(
      (file) => new LineTexts(sources[file.index], file, () => evidenceLines(trace, this.#derived, file.index)),
    )
  }

  /** The files, with hashes as they are known by now. */
  files(): OverviewAnswer['files'] {
    return withHashes(fileAnswers(this.trace), this.hashes)
  }

  /** What is loaded, with hashes as they are known by now. */
  overview(): OverviewAnswer {
    return { ...readOverview(this.trace, this.derivedFor(), !this.isWhole), files: this.files() }
  }

  /** The derived tables, with findings made for a threshold. Only the findings are made anew; the last few are kept. */
  derivedFor(thresholdNs: number = this.#derived.thresholdNs): Derived {
    const known = this.#byThreshold.get(thresholdNs)
    if (known !== undefined) return known
    const derived = withThreshold(this.trace, this.#derived, thresholdNs, this.#mostEventsFirst)
    const [oldest] = this.#byThreshold.keys()
    if (this.#byThreshold.size >= MOST_THRESHOLDS) this.#byThreshold.delete(oldest)
    this.#byThreshold.set(thresholdNs, derived)
    return derived
  }

  /** The derived tables with the holds of one page, whether they were paired yet or not. */
  derivedForPage(pfn: number): Derived {
    if (this.#rest === undefined) return this.#derived
    const { page } = pageOfPfn(this.trace, pfn)
    if (page < 0) return this.#derived
    // A page is asked about by several questions at once.
    if (this.#ofPage?.page !== page) this.#ofPage = { page, derived: this.#rest.withPage(page) }
    return this.#ofPage.derived
  }

  /** False while holds are missing that no failed range asks for. */
  get isWhole(): boolean {
    return this.#rest === undefined
  }

  /** Takes the tables with all holds. */
  complete(derived: Derived): void {
    this.#rest = undefined
    this.#ofPage = undefined
    this.#derived = derived
    this.#byThreshold.clear()
    this.#byThreshold.set(derived.thresholdNs, derived)
  }

  /** Raw text of lines of one file. */
  textsOf(file: number): LineTexts {
    return this.#texts[file]
  }
}

/** Lines of one file that the findings cite, those of the first pages, ascending. */
function evidenceLines(trace: Trace, derived: Derived, file: number): readonly number[] {
  const lines = new Set<number>()
  const add = ({ lines: cited }: Evidence): void => {
    for (const id of cited) {
      const place = fileLineOf(trace, id)
      if (place.file === file && lines.size < MOST_LIKELY) lines.add(place.line)
    }
  }
  let told = 0
  for (const finding of derived.findings) {
    for (const page of finding.pages) {
      if (lines.size >= MOST_LIKELY || told++ >= MOST_TOLD) break
      const { evidence, culprits } = tellPage(trace, derived, finding, page)
      evidence.forEach(add)
      for (const culprit of culprits) culprit.evidence.forEach(add)
    }
  }
  return [...lines].sort((a, b) => a - b)
}
