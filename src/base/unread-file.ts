/** No file of a disk has this type: it is made of the end of a name. It goes to a worker with the file. */
const TYPE = 'application/x-pinscope-unread'

/** Stands for a file that was given and cannot be got at, so that it is told of among the others: its bytes are why. */
export function unreadFile(name: string, why: string): File {
  return new File([why], name, { type: TYPE })
}

/** True for what `unreadFile` made. */
export function isUnreadFile({ type }: Blob): boolean {
  return type === TYPE
}
