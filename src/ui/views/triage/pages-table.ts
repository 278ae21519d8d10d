import { type CopyTable } from '../../../base/copy-table.ts'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type BlockingPageAnswer, type CulpritAnswer, type FailureAnswer } from '../../../queries/wire.ts'
import { holderText, kindWord } from '../../timeline/culprit-words.ts'
import { confidenceText, taskText, VERDICT_WORDS } from './failure-words.ts'

const HEADERS = ['page', 'verdict', 'holder', 'task', 'class', 'kind', 'held since', 'until', 'confidence', 'told by']

/** The blocking pages of a range as they are copied: a row a holder, or why there is none. */
export function pagesTable(pages: readonly BlockingPageAnswer[], failure: FailureAnswer): CopyTable {
  return {
    title: `pages blocking ${formatPfnRange(failure.startPfn, failure.endPfn)}`,
    columns: HEADERS.map((header) => ({ header })),
    rows: pages.flatMap((page) =>
      page.culprits.length === 0 ? [noHolder(page)] : page.culprits.map((culprit) => holder(page, culprit)),
    ),
    ...(failure.place === undefined ? {} : { source: `${failure.place.fileName}:${failure.place.line}` }),
  }
}

function noHolder(page: BlockingPageAnswer): readonly string[] {
  const reason = page.reason === '' ? 'no holder can be named' : page.reason
  return [formatPfn(page.pfn), VERDICT_WORDS[page.verdict], reason, '', '', '', '', '', '', placesOf(page.evidence)]
}

function holder(page: BlockingPageAnswer, culprit: CulpritAnswer): readonly string[] {
  const { heldText, heldFrom, heldTo } = culprit
  return [
    formatPfn(page.pfn),
    VERDICT_WORDS[page.verdict],
    holderText(culprit) || 'no stack recorded',
    taskText(culprit) || 'not recorded',
    culprit.class,
    kindWord(culprit),
    heldText ?? heldFrom?.text ?? 'not known',
    heldText === undefined ? (heldTo?.text ?? 'not put') : '',
    confidenceText(culprit),
    placesOf(culprit.evidence),
  ]
}

function placesOf(evidence: CulpritAnswer['evidence']): string {
  const places = evidence.flatMap((fact) => fact.places.map(({ fileName, line }) => `${fileName}:${line}`))
  return [...new Set(places)].join(' ')
}
