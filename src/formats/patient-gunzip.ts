import { Gunzip } from 'fflate'
import { type Pieces, type Wrapping } from './wrapping.ts'

/** Packed bytes unpacked at once: what may be lost before a damaged place. */
const STEP_BYTES = 4096

/**
 * Unpacks gzip of any number of members up to the first damage, leaving out the first `skipped` bytes of text (they
 * were handed on before). Fills `wrapping` when the stream ends badly.
 */
export async function* inflatePatiently(
  packed: Pieces,
  skipped: number,
  wrapping: Wrapping,
): AsyncGenerator<Uint8Array> {
  const gunzip = new PatientGunzip(skipped)
  for await (const piece of packed) {
    for (let at = 0; at < piece.length && gunzip.state === 'good'; at += STEP_BYTES) {
      gunzip.push(piece.subarray(at, at + STEP_BYTES))
      yield* gunzip.take()
    }
    if (gunzip.state !== 'good') break
  }
  gunzip.end()
  yield* gunzip.take()
  wrapping.damage = gunzip.describe()
  wrapping.isCutOff = gunzip.state === 'cut' || gunzip.state === 'corrupt'
}

/** fflate's gunzip with its errors kept as a state. It checks no checksum. */
class PatientGunzip {
  state: 'good' | 'cut' | 'corrupt' | 'tail' = 'good'
  #toSkip: number
  #textBytes = 0
  #members = 1
  #out: Uint8Array[] = []
  readonly #gunzip = new Gunzip((text) => this.#accept(text))

  constructor(skipped: number) {
    this.#toSkip = skipped
    this.#gunzip.onmember = () => this.#members++
  }

  push(packed: Uint8Array): void {
    try {
      this.#gunzip.push(packed, false)
    } catch (error) {
      // fflate says so only where a member's header should be
      this.state = /invalid gzip data/.test(String(error)) && this.#textBytes > 0 ? 'tail' : 'corrupt'
    }
  }

  end(): void {
    if (this.state !== 'good') return
    try {
      this.#gunzip.push(new Uint8Array(0), true)
    } catch {
      this.state = 'cut' // the one thing that can be wrong with an end
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
    const from = Math.min(this.#toSkip, text.length)
    this.#toSkip -= from
    if (from < text.length) this.#out.push(text.subarray(from))
  }
}
