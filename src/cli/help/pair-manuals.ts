import { JSON_OPTION, type Manual, RULE_MANUAL_OPTIONS, TELLING_EXITS, THRESHOLD_OPTION } from './manual.ts'

export const COMPARE_MANUAL: Manual = {
  name: 'compare',
  purpose: 'two captures side by side: failures and who holds pages',
  synopsis: ['[--json] [--by WHAT] [--filter TEXT] [--top N] A... --with B...'],
  description: [
    'What changed most for failed ranges first, per attempt and per second of trace, and whether so few tell anything.',
  ],
  options: [
    JSON_OPTION,
    ['--with', 'the files behind it are of B, the second capture'],
    ['--by WHAT', 'holder (when not said), stack, task or class'],
    ['--filter TEXT', 'a symbol of the stack, a comm or a pid'],
    ['--top N', 'so many rows at most, the rest is counted'],
    THRESHOLD_OPTION,
    ...RULE_MANUAL_OPTIONS,
  ],
  exits: TELLING_EXITS,
  examples: [['pinscope compare good.txt --with bad.txt', 'A good and a bad kernel:']],
}

export const DIFF_MANUAL: Manual = {
  name: 'diff',
  purpose: 'a gate: fails when a holder appears in B that A does not have',
  synopsis: ['[--fail-on WHAT] [--ignore FILE] [--json] A B', '[OPTION]... A... --with B...'],
  description: [
    'A holder is the function, or with --by stack the call stack, that holds the pages of failed ranges, or holds a page open to ' +
      'the end of the trace or long-term where migration does not expect it. Numbers are compared as rates: failed ranges per ' +
      'attempt, holds per second of trace, as "pinscope compare" does.',
    'A holder is new when A watched pages that it holds in B, and has nothing of it. "new, too few to tell" is said where A ' +
      'looked for so short that it would likely have missed it: it still fails the gate, unless --told. What B watched and A did not, ' +
      'is "not watched in A", and no failure of the gate. Captures that cannot be compared at all end with 2.',
  ],
  options: [
    JSON_OPTION,
    ['--with', 'the files behind it are of B; without it there are two words, A and B'],
    ['--by WHAT', 'holder (when not said) or stack'],
    [
      '--fail-on WHAT',
      'new (when not said), grown (new ones, and those that hold more, where that is no chance), or any',
    ],
    ['--told', 'fail only on what chance alone hardly makes: new ones that are too few to tell are printed, and pass'],
    [
      '--ignore FILE',
      'holders that are known: one a line, a function or a stack hash, # begins a remark; or a triage session, of which what is ' +
        "noise or won't fix is known. May be said again. They are listed as ignored",
    ],
    THRESHOLD_OPTION,
    ...RULE_MANUAL_OPTIONS,
  ],
  exits: [
    [0, 'no such holder'],
    [1, 'there are some; the text names each with the file:line of what proves it'],
    [2, 'the files or the arguments are of no use, or the captures cannot be compared'],
  ],
  examples: [
    ['pinscope diff baseline/ candidate/', 'In the pipeline of a driver:'],
    ['pinscope diff --ignore known.txt --fail-on grown baseline/ candidate/', 'With what is known left out:'],
  ],
}
