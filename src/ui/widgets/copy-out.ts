/** What became of a copying: on the clipboard, or saved as a file because the browser lets no page write there. */
export type CopyOutcome = 'copied' | 'saved'

/** Puts text on the clipboard; where that is refused it is saved under `fileName`. */
export async function copyOrSave(text: string, fileName: string, mediaType: string): Promise<CopyOutcome> {
  if (await writeToClipboard(text)) return 'copied'
  saveFile(new Blob([text], { type: mediaType }), fileName)
  return 'saved'
}

/** Puts a picture on the clipboard, which takes PNG alone; where that is refused it is saved under `fileName`. */
export async function copyPictureOrSave(picture: Promise<Blob>, fileName: string): Promise<CopyOutcome> {
  // Absent in older browsers and outside secure contexts.
  const canWrite = typeof ClipboardItem !== 'undefined' && isClipboardThere()
  if (canWrite) {
    // The promise itself: the permission is for the moment of the key press, and drawing takes longer.
    const item = new ClipboardItem({ 'image/png': picture })
    const isCopied = await navigator.clipboard.write([item]).then(
      () => true,
      () => false,
    )
    if (isCopied) return 'copied'
  }
  saveFile(await picture, fileName)
  return 'saved'
}

/** Puts text on the clipboard; false where the browser does not let pages do that. */
async function writeToClipboard(text: string): Promise<boolean> {
  if (!isClipboardThere()) return false
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}

/** Absent outside secure contexts, whatever the type says. */
function isClipboardThere(): boolean {
  const clipboard: Clipboard | undefined = navigator.clipboard
  return clipboard !== undefined
}

/** Hands a file to the browser's downloads. It never leaves the machine: its address is of this page alone. */
export function saveFile(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A name as a file's: `Holds grouped by stack` is `holds-grouped-by-stack`. */
export function fileNameOf(name: string, extension: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return `${stem === '' ? 'pinscope' : stem}.${extension}`
}
