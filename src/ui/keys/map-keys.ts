import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of the map of PFNs. */
export const MAP_KEYS: readonly ShortcutName[] = [
  { id: 'map-mode', label: 'Map: next colouring', keys: ['m'] },
  { id: 'map-mode-back', label: 'Map: colouring before', keys: ['M'] },
  { id: 'map-held', label: 'Map: holds at the selected failure, or as the trace ends', keys: ['e'] },
  { id: 'map-focus', label: 'Map: go into the map, arrows move the cell', keys: ['f'] },
  { id: 'heat-focus', label: 'Map: go into PFN × time, arrows move the cell', keys: ['F'] },
  { id: 'map-go', label: 'Map: go to a PFN', keys: ['j'] },
  { id: 'map-closer', label: 'Map: closer', keys: ['+', '=', 'w'] },
  { id: 'map-farther', label: 'Map: farther', keys: ['-', 's'] },
  { id: 'map-all', label: 'Map: all of memory', keys: ['0'] },
  { id: 'map-next', label: 'Map: next cell in sight that is above zero', keys: ['n'] },
  { id: 'map-before', label: 'Map: cell before it that is above zero', keys: ['N'] },
  { id: 'map-table', label: 'Map: as a table', keys: ['b'] },
  { id: 'map-heat', label: 'Map: PFN × time on or off', keys: ['x'] },
  { id: 'map-heat-mode', label: 'Map: next count of PFN × time', keys: ['c'] },
  { id: 'map-failure-next', label: 'Map: next failed range', keys: [']'] },
  { id: 'map-failure-before', label: 'Map: failed range before', keys: ['['] },
]
