import { type BlockingPage, type Culprit } from '../derive/attribution/finding.ts'

/**
 * True for who attached private data to a page of which nothing unexpected is known: migration expects that reference
 * (mm/migrate.c folio_expected_ref_count()), so it is where to look when buffers are busy, and holds nothing.
 */
export function isPrivateDataOnly(page: Pick<BlockingPage, 'verdict'>, culprit: Pick<Culprit, 'class'>): boolean {
  return page.verdict === 'unknown' && culprit.class === 'page_cache'
}
