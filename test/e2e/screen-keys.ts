/** Every screen but Triage, by its key, in the order in which a tour of all ends where it began: on a page. */
export const TOUR = [
  ['3', 'pinners'],
  ['4', 'map'],
  ['5', 'owners'],
  ['6', 'events'],
  ['7', 'compare'],
  ['8', 'record'],
  ['9', 'files'],
  ['?', 'help'],
  ['2', 'pfn'],
] as const
