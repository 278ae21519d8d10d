/** Words for the confidence of an answer, from the least number that has them on; a test compares with the engine's. */
export const CONFIDENCE_ROWS: readonly { readonly least: number; readonly word: string; readonly about: string }[] = [
  { least: 0.9, word: 'very likely', about: 'one holder explains the count, and little speaks for another' },
  {
    least: 0.7,
    word: 'likely',
    about: 'one holder explains it best; something is missing, or another one fits less well',
  },
  { least: 0.4, word: 'possible', about: 'it fits, and so may others' },
  { least: 0, word: "can't tell", about: 'the files do not separate those who had a reference' },
]
