import { expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'

test.each([
  [['report', 'a', 'b'], { kind: 'report', paths: ['a', 'b'], isJson: false }],
  [['report', '--json', 'a'], { kind: 'report', paths: ['a'], isJson: true }],
  [['report', 'a', '--json', '--threshold-us', '5'], { kind: 'report', paths: ['a'], isJson: true, thresholdNs: 5000 }],
  [['report', '--threshold-us=7', 'a'], { kind: 'report', paths: ['a'], isJson: false, thresholdNs: 7000 }],
  [['report', '--', '--json'], { kind: 'report', paths: ['--json'], isJson: false }],
  [['report', '--kpage-start', '0xdc00', 'a'], { kind: 'report', paths: ['a'], isJson: false, kpageStart: 0xdc00 }],
  [
    ['report', '--format', 'mail', '--failure=2', 'a'],
    { kind: 'report', paths: ['a'], isJson: false, form: 'mail', failure: 2 },
  ],
  [
    ['report', 'a', '--format=json', '--pfn', '0x17ac9'],
    { kind: 'report', paths: ['a'], isJson: true, form: 'json', pfn: 0x17ac9 },
  ],
  [['stats', 'a', '--kpage-start=56320'], { kind: 'stats', paths: ['a'], isJson: false, kpageStart: 0xdc00 }],
  [['stats', 'a', '--json'], { kind: 'stats', paths: ['a'], isJson: true }],
  [['rules'], { kind: 'rules', isJson: false }],
  [['rules', '--json', '--rules', 'a'], { kind: 'rules', isJson: true, rulesPath: 'a' }],
  [
    ['report', '--rules=a', '--without-rule', 'x', 'b', '--without-rule=y'],
    { kind: 'report', paths: ['b'], isJson: false, rulesPath: 'a', withoutRules: ['x', 'y'] },
  ],
  [['pinners', 'a'], { kind: 'pinners', paths: ['a'], form: 'text', asked: {} }],
  [['pinners', 'constructor'], { kind: 'pinners', paths: ['constructor'], form: 'text', asked: {} }],
  [
    ['pinners', '--group=task', '--sort', 'total,tasks:up', '--threshold-us', '5', '--all', '--json', 'a'],
    {
      kind: 'pinners',
      paths: ['a'],
      form: 'json',
      asked: {
        grouping: 'task',
        sorts: [
          { sort: 'total', isDescending: true },
          { sort: 'tasks', isDescending: false },
        ],
        thresholdNs: 5000,
        includeExpected: true,
      },
    },
  ],
  [
    ['pinners', '--folded', '--area', 'time', '--order=leaves', '--show', 'lru', '--without-rule', 'x', 'a'],
    {
      kind: 'pinners',
      paths: ['a'],
      form: 'folded',
      asked: { area: 'time', order: 'leaves', shownRules: ['lru'] },
      withoutRules: ['x'],
    },
  ],
  [['--version'], { kind: 'version' }],
  [['report', '--help'], { kind: 'help', about: 'report' }],
  [['page', '-h'], { kind: 'help', about: 'pfn' }],
  [['help', 'page'], { kind: 'help', about: 'pfn' }],
  [['help', '--man'], { kind: 'help', isMan: true }],
  [['--help'], { kind: 'help' }],
  [['nonsense', '--help'], { kind: 'help' }],
  [['report', '--', '--help'], { kind: 'report', paths: ['--help'], isJson: false }],
  [['pfn', '0x10', 'a'], { kind: 'page', pfn: 16, paths: ['a'], isJson: false }],
  [[], { kind: 'help' }],
])('%j is understood', (argv, command) => {
  expect(parseArguments(argv)).toEqual({ ok: true, value: command })
})

test.each([
  [['reprot', 'a'], 'unknown command reprot; near: report'],
  [['xyzzy'], 'unknown command xyzzy; use one of report, pinners, pfn, '],
  [['constructor'], 'unknown command constructor'],
  [['help', 'pinner'], 'unknown command pinner; near: pinners'],
  [['report'], 'report needs a file or a folder'],
  [['report', '--jsn', 'a'], 'unknown option --jsn'],
  [['report', '--format', 'pdf', 'a'], '--format needs one of text, mail, markdown, json, html'],
  [['report', '--json', '--format', 'mail', 'a'], '--json and --format mail are two forms'],
  [['report', '--failure', '1', 'a'], '--failure and --pfn choose one finding'],
  [['report', '--format', 'mail', '--failure', '1', '--pfn', '0x1', 'a'], 'are two findings'],
  [['report', '--format', 'mail', '--failure', '0', 'a'], '--failure needs the number of a failed range'],
  [['stats', '--threshold-us', '5', 'a'], 'unknown option --threshold-us'],
  [['report', '--threshold-us', 'soon', 'a'], '--threshold-us needs a whole number'],
  [['report', 'a', '--threshold-us'], '--threshold-us needs a whole number'],
  [['stats', '--kpage-start', 'dc00', 'a'], '--kpage-start needs a PFN, decimal or hex with 0x'],
  [['stats', 'a', '--kpage-start'], '--kpage-start needs a PFN'],
  [['rules', 'mine.json'], 'use rules --rules mine.json'],
  [['rules', '--threshold-us', '5'], 'unknown option --threshold-us'],
  [['stats', '--rules', 'a', 'b'], 'unknown option --rules'],
  [['report', 'a', '--rules'], '--rules needs one rule file'],
  [['report', '--rules', '--json', 'a'], '--rules needs one rule file'],
  [['report', '--rules', 'a', '--rules', 'b', 'c'], '--rules needs one rule file'],
  [['report', 'a', '--without-rule'], '--without-rule needs the id of a rule'],
  [['pinners'], 'pinners needs a file or a folder'],
  [['pinners', '--group', 'page', 'a'], '--group needs one of stack, holder, task, class, order, migratetype'],
  [['pinners', '--sort', 'ranges,size', 'a'], '--sort needs columns with commas between'],
  [['pinners', '--top', '0', 'a'], '--top needs how many rows at most'],
  [['report', '--threshold-us', '-1', 'a'], '--threshold-us needs a whole number'],
])('%j is refused in one line', (argv, words) => {
  const result = parseArguments(argv)
  const lines = result.ok ? [] : result.error.split('\n')
  expect(lines).toEqual([expect.stringContaining(words)])
})
