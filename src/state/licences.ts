import { bytesBeside } from './carried-files.ts'

/** Name that the build gives the file (src/cli/bill-of-materials.ts). */
const LICENCES = 'licenses.md'

/** The licences of all that is in the page, as text; where there is none, words for a person that say so. Never rejects. */
export async function readLicences(): Promise<string> {
  const text = await bytesBeside(LICENCES).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  )
  // A development server answers with its page.
  return text.startsWith('# ') ? text : `There is no ${LICENCES} beside this page: "npm run build" writes it.`
}
