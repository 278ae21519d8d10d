import { expect, test } from 'vitest'
import { sortFiles } from '../../src/state/rule-files.ts'

test('files are told apart by what they begin with, whatever they are called', async () => {
  const file = (name: string, text: string): File => new File([text], name)
  const { ruleFiles, sessionFiles, others } = await sortFiles([
    file('a.txt', '{ "schema": "pinscope.rules/1", "rules": [] }'),
    file('trace.txt', '\ufeff{\n "pinscope": "session",\n "version": 9 }'),
    file('pinscope-session.json', '# tracer: nop\n'),
    file('b.json', '{ "pinscope": "slice", "version": 1 }'),
  ])
  expect(ruleFiles.map(({ name }) => name)).toEqual(['a.txt'])
  expect(sessionFiles.map(({ name }) => name)).toEqual(['trace.txt'])
  expect(others.map(({ name }) => name)).toEqual(['pinscope-session.json', 'b.json'])
})
