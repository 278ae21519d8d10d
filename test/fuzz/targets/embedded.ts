import { readEmbedded, unpackEmbedded } from '../../../src/state/embedded.ts'
import { readEmbedMessage } from '../../../src/state/embed-message.ts'
import { readSessionFile } from '../../../src/session/session-file.ts'
import { type FuzzCase, textOf } from '../fuzz-case.ts'
import { Broken } from '../checks/broken.ts'
import { runLoad } from './load.ts'

const MOST_BYTES = 1 << 22

/** Reads what a report has embedded, and messages of a page around ours; loads the files where there are some. */
export async function runEmbedded({ files }: FuzzCase): Promise<void> {
  const text = textOf(files[0])
  readEmbedMessage(jsonOf(text))
  const read = readEmbedded(text)
  if (!read.ok) return
  if (read.value.session !== undefined) readSessionFile(read.value.session)
  const unpacked = await unpackEmbedded(read.value.files, MOST_BYTES).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error)
    if (!words.startsWith('the embedded ')) throw new Broken('embedded', words)
    return []
  })
  const inside = unpacked.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }))
  if (unpacked.length > 0) await runLoad({ target: 'load', files: await Promise.all(inside) })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
