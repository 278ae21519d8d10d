import { SESSION_FILE_NAME } from '../../session/session-file.ts'
import { saveFile } from '../widgets/copy-out.ts'

/** Hands the session to the browser's downloads. */
export function saveSession(text: string): void {
  saveFile(new Blob([text], { type: 'application/json' }), SESSION_FILE_NAME)
}
