/** `very likely` from 0.9, `likely` from 0.7, `possible` from 0.4, else `can't tell`. Never "certain": a trace is a sample. */
export function confidenceWord(confidence: number): string {
  if (confidence >= 0.9) return 'very likely'
  if (confidence >= 0.7) return 'likely'
  return confidence >= 0.4 ? 'possible' : "can't tell"
}
