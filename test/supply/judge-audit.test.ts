import { expect, test } from 'vitest'
import { judgeAudit } from './judge-audit.mjs'

test('a known fault of a package fails', () => {
  const printed = JSON.stringify({ auditReportVersion: 2, vulnerabilities: { leftish: { severity: 'high' } } })
  expect(judgeAudit(printed)).toEqual({ isFine: false, words: expect.stringContaining('leftish (high)') as unknown })
})

test('an answer without any passes', () => {
  const printed = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} })
  expect(judgeAudit(printed)).toEqual({ isFine: true, words: 'no known fault in what is installed' })
})

test.each(['', 'not JSON', 'null', '{"error":{"code":"ENOAUDIT"}}', '{"message":"405 Method Not Allowed"}'])(
  'where the registry does not answer (%s), that is said, and nothing else is claimed',
  (printed) => {
    expect(judgeAudit(printed)).toEqual({ isFine: true, words: 'the registry does not answer audits: not checked' })
  },
)
