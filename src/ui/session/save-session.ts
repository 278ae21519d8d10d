import { SESSION_FILE_NAME } from '../../session/session-file.ts'
import { sessionStore } from '../../state/session-store.ts'
import { saveFile } from '../widgets/copy-out.ts'

/** Hands the session to the browser's downloads. */
export function saveSession(): void {
  const store = sessionStore()
  saveFile(new Blob([store.exportText()], { type: 'application/json' }), SESSION_FILE_NAME)
  store.exported()
}

/** Hands what could not be read to the browser's downloads, as it was, one text behind the other. */
export function saveUnread(): void {
  const texts = sessionStore().unread()
  saveFile(new Blob([texts.join('\n\n')], { type: 'text/plain' }), 'pinscope-session-unread.txt')
}
