/** What of a key press tells its character. */
export type TypedKey = Pick<KeyboardEvent, 'key'> & Partial<Pick<KeyboardEvent, 'shiftKey' | 'getModifierState'>>

/**
 * What was typed. A letter is large with Shift and small with Caps Lock alone, also where systems let the two cancel out. What
 * comes without either is taken as it was sent: keyboards on glass and programs that type send a large letter so.
 */
export function typedCharacter(event: TypedKey): string {
  const { key } = event
  if (!/^\p{L}$/u.test(key)) return key
  if (event.shiftKey === true) return key.toUpperCase()
  return event.getModifierState?.('CapsLock') === true ? key.toLowerCase() : key
}
