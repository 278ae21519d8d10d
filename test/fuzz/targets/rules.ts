import { choiceOf } from '../../../src/bridge/given-rules.ts'
import { parseRuleFile, writeOwnRules } from '../../../src/derive/attribution/rule-file.ts'
import { chooseRules } from '../../../src/derive/attribution/rule-set.ts'
import { derive } from '../../../src/derive/derive.ts'
import { gatherReport } from '../../../src/report/report-facts.ts'
import { reportText } from '../../../src/report/report-text.ts'
import { LEAK } from '../../support/told-capture.ts'
import { tell } from '../../support/tell.ts'
import { expectKept } from '../checks/broken.ts'
import { checkPrinted } from '../checks/check-texts.ts'
import { type FuzzCase, textOf } from '../fuzz-case.ts'

/** Reads a rule file; judges by it, and writes it again, where it is one. */
export async function runRules({ files }: FuzzCase): Promise<void> {
  const given = choiceOf({ how: 'merge', text: textOf(files[0]) }, {})
  if (!given.ok) {
    const { line, message } = given.error
    expectKept(Number.isInteger(line) && line >= 1, 'line of a problem', () => `${line}: ${message}`)
    return
  }
  const trace = tell(LEAK)
  const derived = derive(trace, given.value)
  checkPrinted('the report', reportText(gatherReport(trace, derived)))
  const again = parseRuleFile(writeOwnRules(chooseRules(given.value)))
  expectKept(again.ok, 'rules written', () => (again.ok ? '' : again.error.message))
}
