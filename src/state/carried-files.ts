import { ONE_FILE } from '../base/one-file.ts'
import { bytesOfBase64 } from './base64.ts'

/** True in the app that is one file, which is opened from a disk and has nothing beside it. */
export function isOneFile(): boolean {
  return document.getElementById(ONE_FILE.workerId) !== null
}

/** True in a page that has a capture in it. */
export function isReport(): boolean {
  const text = document.getElementById(ONE_FILE.embeddedId)?.textContent.trim() ?? ''
  return text !== '' && text !== '{}'
}

/** Address of the script that all workers are, made for this page; undefined where each has a file of its own. */
export function carriedWorkerAddress(): string | undefined {
  const script = document.getElementById(ONE_FILE.workerId)
  return script === null ? undefined : addressOf([script.textContent], 'text/javascript')
}

/** Where to get a file that comes with the page: beside it, or out of the page itself. */
export function addressBeside(path: string): string {
  const known = addresses.get(path)
  if (known !== undefined) return known
  const bytes = carriedBytes(path)
  const address = bytes === undefined ? path : addressOf([bytes], 'application/octet-stream')
  addresses.set(path, address)
  return address
}

const addresses = new Map<string, string>()

/** A file that comes with the page. Rejects when it is not there. */
export async function bytesBeside(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const carried = carriedBytes(path)
  if (carried !== undefined) return carried
  if (isOneFile()) throw new Error(`this file was made without ${path}`)
  const { href } = new URL(path, document.baseURI)
  const response = await fetch(href)
  if (!response.ok) throw new Error(`${href} answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** True when a file that comes with the page can be had. A report leaves the example out. */
export function isBeside(path: string): boolean {
  return !isOneFile() || carriedElement(path) !== undefined
}

function carriedBytes(path: string): Uint8Array<ArrayBuffer> | undefined {
  const text = carriedElement(path)?.textContent
  return text === undefined ? undefined : bytesOfBase64(text)
}

function carriedElement(path: string): Element | undefined {
  const all = document.querySelectorAll(`script[${ONE_FILE.mark}][${ONE_FILE.fileAttribute}]`)
  return [...all].find((element) => element.getAttribute(ONE_FILE.fileAttribute) === path)
}

function addressOf(parts: BlobPart[], type: string): string {
  return URL.createObjectURL(new Blob(parts, { type }))
}
