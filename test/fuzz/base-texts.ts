import { gzipSync } from 'node:zlib'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

/** Filters of every kind of term. */
export const FILTER_TEXTS: readonly string[] = [
  'pfn:0x17800-0x17c00 op:mod_unless ret:0 stack:~nvidia comm:cuda* count>3 excess>0',
  '(leaf:do_tee or leaf:iter_to_pipe) -comm:kswapd0',
  'class:gup_pin,driver hold:open near<10ms',
  'not (op:set,mod | !ret:1) stack:/leaky.*grab/ "two words" time>=1.2 time<2',
  'hash:0123456789abcdef addr:0x100000 lost:yes file:trace.txt line:3 irq:none cpu:0-3 pid:7 order>=0 mt:movable',
  'flags:uptodate|lru mapping:a1b2c3d4 mapcount=0 gap>1 module:leaky holder:leaky_grab noise:no val<0 delta!=0',
  '/(a+)+$/ stack:/(x|x|y)*z/',
]

/** Rule files as people write them. */
export const RULE_TEXTS: readonly string[] = [
  JSON.stringify(
    {
      schema: 'pinscope.rules/1',
      rules: [
        {
          id: 'mine',
          class: 'driver',
          on: 'get',
          frames: ['leaky_\\w+'],
          reason: 'a driver of ours',
          source: 'leaky.c',
        },
        { id: 'driver', off: true },
      ],
      pairs: [
        { id: 'pair-mine', get: ['leaky_grab'], put: ['leaky_(?:put|drop)+'], reason: 'ours', source: 'leaky.c' },
      ],
    },
    undefined,
    2,
  ),
]

/** Messages that a page around ours sends. */
export const MESSAGE_TEXTS: readonly string[] = [
  '{"pinscope":"ping","id":1}',
  '{"pinscope":"go","id":"a","link":"#/pfn?v=2&pfn=0x100&end"}',
  '{"pinscope":"open","files":[{"name":"trace.txt","buffer":{}}],"link":"#/triage"}',
]

/** What a report has embedded. */
export const EMBEDDED_TEXTS: readonly string[] = [
  JSON.stringify({
    pinscope: 'embedded',
    version: 1,
    link: '/triage?v=2&end',
    files: [{ name: 'trace.txt', gz: gzipSync(`${tracedText(LEAK)}\n`).toString('base64') }],
    session: { pinscope: 'session', version: 1, entries: [] },
    made: { by: 'pinscope', on: '2024-01-01', from: [{ name: 'trace.txt', sizeBytes: 9, sha256: '0'.repeat(64) }] },
  }),
]

/** Links of screens, with values that later parts of the link may break. */
export const LINK_TEXTS: readonly string[] = [
  '/pfn?v=2&pfn=0x100&life=1&from=3700000000&to=4200000000&threshold=100000&expected=1&event=:304628&end',
  '/pinners?v=1&filter=%28leaf%3Ado_tee%29&rules=lru,isolation&group=holder&sort=longest&then=tasks:up',
  '/triage?v=9999999999999999999&f=a~4eacccdc6e8485e2~322097&set=33e44daa&failure=cma:dc00-1fc00:4189784000',
]
