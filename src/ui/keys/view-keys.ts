import { type ViewId } from '../../state/view-state.ts'
import { type ShortcutName } from '../shell/shortcut.ts'
import { COMPARE_KEYS } from './compare-keys.ts'
import { EVENT_KEYS } from './events-keys.ts'
import { MAP_KEYS } from './map-keys.ts'
import { OWNER_KEYS } from './owners-keys.ts'
import { PFN_KEYS } from './pfn-keys.ts'
import { FLAME_KEYS, PINNER_KEYS } from './pinners-keys.ts'
import { RECORD_KEYS } from './record-keys.ts'
import { TRIAGE_KEYS } from './triage-keys.ts'

/** The keys of every screen: Help lists them, and the palette finds them while another screen is shown. */
export const VIEW_KEYS: Readonly<Record<ViewId, readonly ShortcutName[]>> = {
  triage: TRIAGE_KEYS,
  pfn: PFN_KEYS,
  pinners: [...PINNER_KEYS, ...FLAME_KEYS],
  map: MAP_KEYS,
  owners: OWNER_KEYS,
  events: EVENT_KEYS,
  compare: COMPARE_KEYS,
  record: RECORD_KEYS,
  files: [],
  help: [],
}
