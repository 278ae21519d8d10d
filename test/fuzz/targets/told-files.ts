import { tracedText } from '../../support/tell.ts'
import { LEAK } from '../../support/told-capture.ts'

/** A small capture in which a driver holds a page that is wanted: what filters, rules and sessions are tried on. */
export function toldFile(): File {
  return new File([`${tracedText(LEAK)}\n`], 'trace.txt')
}
