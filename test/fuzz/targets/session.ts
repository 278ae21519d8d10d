import { parseSession, sessionText } from '../../../src/session/session-file.ts'
import { mergeSessions } from '../../../src/session/session.ts'
import { differenceOf } from '../../../src/session/session-difference.ts'
import { conflictLines } from '../../../src/report/session-text.ts'
import { derive } from '../../../src/derive/derive.ts'
import { gatherReport } from '../../../src/report/report-facts.ts'
import { reportText } from '../../../src/report/report-text.ts'
import { saidFacts } from '../../../src/report/said-facts.ts'
import { tell } from '../../support/tell.ts'
import { LEAK } from '../../support/told-capture.ts'
import { expectKept } from '../checks/broken.ts'
import { checkPrinted } from '../checks/check-texts.ts'
import { digestOf } from '../checks/digest.ts'
import { type FuzzCase, textOf } from '../fuzz-case.ts'

/** Reads a session file; writes, merges and reports it where it is one. */
export async function runSession({ files }: FuzzCase): Promise<void> {
  const read = parseSession(textOf(files[0]))
  if (!read.ok) return checkPrinted('the problem', read.error.message.replaceAll(/\s/g, ' '))
  const written = sessionText(read.value)
  const again = parseSession(written)
  expectKept(again.ok && sessionText(again.value) === written, 'session written', () => written.slice(0, 400))
  const merged = mergeSessions(read.value, read.value)
  expectKept(digestOf(sessionText(merged)) === digestOf(written), 'session merged', () => written.slice(0, 400))
  for (const line of conflictLines(differenceOf(merged, read.value).conflicts ?? [])) checkPrinted('a conflict', line)
  const trace = tell(LEAK)
  const gathered = gatherReport(trace, derive(trace))
  const said = saidFacts(read.value, gathered.overview.files, trace.machine.release)
  checkPrinted('the report', reportText({ ...gathered, said }))
}
