/** Why a file or folder could not be read, in a few words. */
export function fileErrorText(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file or folder'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EISDIR') return 'a folder, not a file'
  return error instanceof Error ? error.message : String(error)
}
