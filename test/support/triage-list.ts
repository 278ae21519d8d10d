import { type TriageQuestion } from '../../src/queries/triage.ts'

/** Every failed range by its culprit, those who block most first: what tests of the list vary. */
export const TRIAGE_LIST: TriageQuestion = {
  thresholdNs: 1,
  grouping: 'culprit',
  filter: '',
  sort: 'blocked',
  isDescending: true,
  isFolded: false,
  except: [],
  offset: 0,
  limit: 1000,
}
