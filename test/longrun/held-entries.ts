import { type CDPSession } from 'playwright'

/**
 * Entries of all Maps and Sets that the page holds, those of its libraries too: caches are made of them. A number that is
 * exact, where bytes go up and down by some ten thousand with what React keeps of the screens before.
 */
export async function heldEntries(session: CDPSession): Promise<number> {
  let entries = 0
  try {
    for (const kind of ['Map', 'Set']) {
      const { result: prototype } = await session.send('Runtime.evaluate', {
        expression: `${kind}.prototype`,
        objectGroup: GROUP,
      })
      if (prototype.objectId === undefined) throw new Error(`the page has no ${kind}`)
      // Garbage is collected before they are looked for.
      const { objects } = await session.send('Runtime.queryObjects', {
        prototypeObjectId: prototype.objectId,
        objectGroup: GROUP,
      })
      const { result } = await session.send('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: SUM_OF_SIZES,
        returnByValue: true,
      })
      if (typeof result.value !== 'number') throw new Error(`entries of ${kind} cannot be counted`)
      entries += result.value
    }
  } finally {
    await session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP })
  }
  return entries
}

const GROUP = 'entries'

/** Runs in the page, on what was found. What only inherits from them has no size. */
const SUM_OF_SIZES = `function () {
  return this.reduce((sum, one) => {
    try {
      return sum + one.size
    } catch {
      return sum
    }
  }, 0)
}`
