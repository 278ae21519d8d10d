/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number, readonly flaky: number }} Totals */

/**
 * Totals of Vitest's JSON report. A file that failed before its first test counts as one failure.
 * @param {any} report
 * @returns {Totals}
 */
export function countVitest(report) {
  const passed = report.numPassedTests
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return whole({
    passed,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
    flaky: 0,
  })
}

/**
 * Totals of Playwright's JSON report. A flaky test, one that passed on a retry, is neither passed nor failed: it has a
 * number of its own, so that it is seen.
 * @param {any} report
 * @returns {Totals}
 */
export function countPlaywright({ stats, errors }) {
  return whole({
    passed: stats.expected,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    flaky: stats.flaky,
  })
}

/**
 * @param {readonly Totals[]} totals
 * @returns {Totals}
 */
export function sum(totals) {
  const add = (/** @type {keyof Totals} */ key) => totals.reduce((total, one) => total + one[key], 0)
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped'), flaky: add('flaky') }
}

/**
 * A report whose shape changed must not read as "0 failed".
 * @param {Totals} totals
 * @returns {Totals}
 */
function whole(totals) {
  if (!Object.values(totals).every(Number.isInteger)) throw new Error('the report has no totals')
  return totals
}
