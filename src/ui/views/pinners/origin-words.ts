/** Whose a rule or a known pair is, beside its name; nothing for those that come with pinscope. */
export const ORIGIN_WORDS = { pinscope: '', added: 'yours', replaced: 'yours, in place of pinscope’s' } as const
