import { type Manual } from './manual.ts'

export const EVAL_MANUAL: Manual = {
  name: 'eval',
  purpose: 'how right the reports of captures are whose truth is known',
  synopsis: ['[--seeds N] [--only NAME,...] [--plan N,...] [--verbose] [--json] CORPUS'],
  description: [
    'Runs "pinscope report --json" over every folder of CORPUS that has a truth.json, whole and damaged in several ways, and scores ' +
      'what it prints: ranges found, the first and the first three answers, kind, pages found and too many, answers that were wrong and ' +
      'confident, calibration, noise. truth.json is never shown to the report.',
  ],
  options: [
    ['--json', 'print one object, pinscope.eval/1, when all is done'],
    ['--seeds N', 'do each kind of damage in N ways (1 when not said)'],
    ['--only NAME,...', 'these folders alone'],
    ['--plan N,...', 'these kinds of damage alone, 0 for none'],
    ['--verbose', 'name what was missed and what was too much'],
  ],
  exits: [
    [0, 'every report could be had, however right it was'],
    [1, 'a report could not be had'],
    [2, 'the arguments are of no use, or no folder has a truth.json'],
  ],
  examples: [['pinscope eval corpus --plan 0', 'Whole captures:']],
}
