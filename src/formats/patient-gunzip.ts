import { Gunzip } from 'fflate'
import { isOutOfMemory } from '../base/out-of-memory.ts'
import { storedTail } from './stored-tail.ts'
import { type StepInflater, upToDamage } from './up-to-damage.ts'
import { type Pieces, type Wrapping } from './wrapping.ts'

/** Longest header of a member, its file name and comment: fflate holds it whole, and joins it anew for each step. */
const MOST_HEADER_BYTES = 1 << 17

/**
 * Unpacks gzip of any number of members up to the first damage, leaving out the first `skipped` bytes of text (they
 * were handed on before). Fills `wrapping` when the stream ends badly. `open` gives the packed bytes from the start.
 */
export async function* inflatePatiently(
  open: () => Pieces,
  skipped: number,
  wrapping: Wrapping,
): AsyncGenerator<Uint8Array> {
  let toSkip = skipped
  const rest = (text: Uint8Array): Uint8Array => {
    const from = Math.min(toSkip, text.length)
    toSkip -= from
    return text.subarray(from)
  }
  const texts = upToDamage(open, () => new PatientGunzip())
  let next = await texts.next()
  for (; next.done !== true; next = await texts.next()) {
    const text = rest(next.value)
    if (text.length > 0) yield text
  }
  const gunzip = next.value
  gunzip.end()
  for (const text of gunzip.take().map(rest)) if (text.length > 0) yield text
  wrapping.damage = gunzip.describe()
  wrapping.isCutOff = gunzip.state === 'cut' || gunzip.state === 'corrupt'
}

/** fflate's gunzip with its errors kept as a state. It checks no checksum. */
class PatientGunzip implements StepInflater {
  state: 'good' | 'cut' | 'corrupt' | 'tail' = 'good'
  #textBytes = 0
  #members = 1
  #out: Uint8Array[] = []
  readonly #gunzip = new Gunzip((text) => this.#accept(text))

  constructor() {
    this.#gunzip.onmember = () => this.#members++
  }

  push(packed: Uint8Array): boolean {
    try {
      this.#gunzip.push(packed, false)
      if (this.#heldBytes() > MOST_HEADER_BYTES) this.state = 'corrupt'
    } catch (error) {
      // No fault of the file, and what was unpacked so far is not all of it.
      if (isOutOfMemory(error)) throw error
      // fflate says so only where a member's header should be
      this.state = /invalid gzip data/.test(String(error)) && this.#textBytes > 0 ? 'tail' : 'corrupt'
    }
    return this.state === 'good'
  }

  /** Packed bytes that fflate holds until there are more: never many but for a header without an end. */
  #heldBytes(): number {
    return (this.#gunzip as unknown as { readonly p?: Uint8Array }).p?.length ?? 0 // private in its types alone
  }

  end(): void {
    if (this.state !== 'good') return
    try {
      this.#gunzip.push(new Uint8Array(0), true)
    } catch (error) {
      if (isOutOfMemory(error)) throw error
      this.state = 'cut' // the one thing that can be wrong with an end
      this.#accept(storedTail(this.#gunzip))
    }
  }

  /** The text unpacked since the last call. */
  take(): readonly Uint8Array[] {
    const out = this.#out
    this.#out = []
    return out
  }

  /** What is wrong and what to do. A single member that ends well was refused by the fast way for its checksum. */
  describe(): string {
    const advice = `${this.#textBytes} bytes of text were read; copy the file again`
    if (this.state === 'cut') return `cut off: the gzip stream ends early; ${advice}`
    if (this.state === 'corrupt') return `damaged: the gzip stream cannot be unpacked further; ${advice}`
    if (this.state === 'tail') return `damaged: bytes after the end of the gzip stream are no gzip; ${advice}`
    if (this.#members === 1)
      return `damaged: the gzip checksum is missing or does not fit, so some of the text may be wrong; ${advice}`
    return ''
  }

  #accept(text: Uint8Array): void {
    this.#textBytes += text.length
    if (text.length > 0) this.#out.push(text)
  }
}
