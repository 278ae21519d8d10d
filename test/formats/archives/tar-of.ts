/** One member of an archive to be made. */
export interface TarPart {
  readonly path: string
  readonly data: Uint8Array
  /** `0` file, `5` folder, `2` link, … */
  readonly type?: string
}

const BLOCK_BYTES = 512

/** A tar archive of the parts, as the oldest tools write it. */
export function tarOf(parts: readonly TarPart[]): Uint8Array {
  const blocks = parts.flatMap(({ path, data, type = '0' }) => [headerOf(path, data.length, type), padded(data)])
  return Buffer.concat([...blocks, Buffer.alloc(BLOCK_BYTES * 2)])
}

function headerOf(path: string, size: number, type: string): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES)
  block.write(path, 0, 100)
  block.write('0000644\0', 100)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write('        ', 148)
  block.write(type, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function padded(data: Uint8Array): Uint8Array {
  return Buffer.concat([data, Buffer.alloc((BLOCK_BYTES - (data.length % BLOCK_BYTES)) % BLOCK_BYTES)])
}
