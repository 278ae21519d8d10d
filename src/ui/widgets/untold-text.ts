/** Said in the place of a count that is not there: not yet, or not at all. What went wrong is said where the rows would be. */
export function untoldText(isFailed: boolean): string {
  return isFailed ? 'not counted' : 'looking…'
}
