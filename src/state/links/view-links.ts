import { type LinkValues } from '../link-table.ts'
import { COMPARE_LINK } from './compare-link.ts'
import { EVENTS_LINK } from './events-link.ts'
import { FLAME_LINK } from './flame-link.ts'
import { HELP_LINK } from './help-link.ts'
import { MAP_LINK } from './map-link.ts'
import { OWNERS_LINK } from './owners-link.ts'
import { SESSION_LINK } from './session-link.ts'
import { SLICE_LINK } from './slice-link.ts'
import { TIMELINE_LINK } from './timeline-link.ts'
import { TRIAGE_LINK } from './triage-link.ts'

/** What single screens keep in the link. No two entries have the same name or the same key. */
export const VIEW_LINKS = {
  ...TRIAGE_LINK,
  ...TIMELINE_LINK,
  ...FLAME_LINK,
  ...MAP_LINK,
  ...OWNERS_LINK,
  ...EVENTS_LINK,
  ...COMPARE_LINK,
  ...HELP_LINK,
  ...SLICE_LINK,
  ...SESSION_LINK,
} as const

/** The values that single screens keep in the link; what is absent is as usual. */
export type ViewLinkValues = LinkValues<typeof VIEW_LINKS>
