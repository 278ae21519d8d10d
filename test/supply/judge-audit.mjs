/**
 * What `npm audit --json` says, in words: faults that are known of what is installed, that there are none, or that nobody could
 * be asked. Only an answer of the registry counts as one.
 *
 * @param {string} printed
 * @returns {{ isFine: boolean, words: string }}
 */
export function judgeAudit(printed) {
  const answer = parse(printed)
  const faults = answer?.['vulnerabilities']
  if (typeof faults !== 'object' || faults === null) {
    return { isFine: true, words: 'the registry does not answer audits: not checked' }
  }
  const found = Object.entries(faults).map(([name, fault]) => `${name} (${Object(fault)['severity']})`)
  if (found.length === 0) return { isFine: true, words: 'no known fault in what is installed' }
  return { isFine: false, words: `known faults in what is installed, see npm audit: ${found.join(', ')}` }
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
function parse(text) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return undefined
  }
}
