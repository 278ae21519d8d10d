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

/** Base64 of bytes, made by the browser beside everything else. */
export function base64Of(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : ''
      resolve(address.slice(address.indexOf(',') + 1))
    })
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the bytes cannot be read')))
    reader.readAsDataURL(bytes)
  })
}
