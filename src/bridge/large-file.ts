import { HASH_WHOLE_BYTES } from '../model/source-file.ts'

/** True for a file of so many bytes that it is shown before it is hashed: until then it is known by samples. */
export function isLargeFile(sizeBytes: number): boolean {
  return sizeBytes > HASH_WHOLE_BYTES
}
