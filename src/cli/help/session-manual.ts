import { type Manual } from './manual.ts'

export const SESSION_MANUAL: Manual = {
  name: 'session',
  purpose: 'merge what two people said of findings',
  synopsis: ['merge A B... [-o C]'],
  description: [
    'A triage session, pinscope-session.json as the browser exports it, has verdicts, notes, assignees and bookmarks: ids, names of ' +
      'files and functions, times, PFNs, and what people typed; no line of a trace and no task. Merging loses nothing: who merges whom, ' +
      'and how often, makes no difference. Where people differ both values stay, and are told as conflicts, to be settled in the browser.',
    'pinscope report --session FILE prints what a session says beside the findings.',
  ],
  options: [
    [
      '-o FILE',
      'where the merged session is written; standard output when not said, and conflicts on standard error then',
    ],
  ],
  exits: [
    [0, 'merged, and nobody differs'],
    [1, 'merged, with conflicts; each is told on a line'],
    [2, 'a file is no session, or of a newer version; nothing is written'],
  ],
  examples: [['pinscope session merge ann.json bob.json -o both.json', 'After a review:']],
}
