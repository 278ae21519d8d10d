import { type CDPSession } from 'playwright'

/**
 * Chooses files for an input, as its dialog would. Not by `setInputFiles`: that keeps a handle to the input, and with it the
 * whole screen that the input was on.
 */
export async function giveFiles(session: CDPSession, label: string, paths: readonly string[]): Promise<void> {
  const expression = `document.querySelector(${JSON.stringify(`input[type=file][aria-label="${label}"]`)})`
  const { result } = await session.send('Runtime.evaluate', { expression, objectGroup: GROUP })
  try {
    if (result.objectId === undefined) throw new Error(`the page has no input for ${label}`)
    await session.send('DOM.setFileInputFiles', { files: [...paths], objectId: result.objectId })
  } finally {
    await session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP })
  }
}

const GROUP = 'longrun'
