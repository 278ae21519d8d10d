/** A multiple of four letters, so that each piece stands for whole bytes. */
const PIECE = 1 << 20

/** The bytes that base64 stands for. Throws where it is not base64. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let size = 0
  for (let at = 0; at < text.length; at += PIECE) {
    const letters = atob(text.slice(at, at + PIECE))
    for (let place = 0; place < letters.length; place++) bytes[size++] = letters.charCodeAt(place)
  }
  return bytes.subarray(0, size)
}

/** Base64 of bytes; made by the browser itself where it can. */
export async function base64Of(blob: Blob): Promise<string> {
  const bytes: BytesInLetters = new Uint8Array(await blob.arrayBuffer())
  if (bytes.toBase64 !== undefined) return bytes.toBase64()
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) pieces.push(lettersOf(bytes.subarray(at, at + PIECE_BYTES)))
  return pieces.join('')
}

/** Newer than the types: Chromium 140, Firefox 133. */
type BytesInLetters = Uint8Array & { readonly toBase64?: () => string }

/** A multiple of three bytes, and few enough to be arguments of one call. */
const PIECE_BYTES = 3 << 13

function lettersOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
