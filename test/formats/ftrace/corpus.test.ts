import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Trace } from '../../../src/model/trace.ts'
import { countLines, traceFromBytes } from '../../support/trace-from-text.ts'

/** Real captures beside the working tree; absent elsewhere. */
const CORPUS = new URL('../../../../shared/corpus/', import.meta.url)
const CAPTURES = existsSync(CORPUS) ? readdirSync(CORPUS).flatMap((folder) => traceOf(folder)) : []

describe.skipIf(CAPTURES.length === 0)('corpus (skipped when ../shared/corpus is absent)', () => {
  test('holds captures', () => {
    expect(CAPTURES.length).toBeGreaterThan(0)
  })

  test.each(CAPTURES)('$folder is read whole', ({ url }) => {
    const bytes = bytesOf(url)
    const trace = traceFromBytes(bytes)
    const [{ ledger, records }] = trace.files
    expect(ledger.rejected).toBe(0)
    expect(ledger.parsed + ledger.skipped).toBe(countLines(bytes))
    expect(records).toBe(trace.events.length)
    const entries = entriesInBuffer(bytes)
    if (entries === undefined) return
    // Every stack is an entry of its own (kernel/trace/trace.c), so events and stacks add up to what the header says.
    const headers = stackHeaders(bytes)
    expect(trace.events.length + headers).toBe(entries)
    expect(headers - trace.stacks.savings.seen).toBeLessThanOrEqual(lateBuffers(trace))
  })
})

function traceOf(folder: string): { readonly folder: string; readonly url: URL }[] {
  return ['trace.txt', 'trace.txt.gz']
    .map((name) => ({ folder, url: new URL(`${folder}/${name}`, CORPUS) }))
    .filter(({ url }) => existsSync(url))
}

function bytesOf(url: URL): Uint8Array {
  const bytes = readFileSync(url)
  return new Uint8Array(url.pathname.endsWith('.gz') ? gunzipSync(bytes) : bytes)
}

function entriesInBuffer(bytes: Uint8Array): number | undefined {
  const head = new TextDecoder().decode(bytes.subarray(0, 1000))
  const match = /entries-in-buffer\/entries-written: (\d+)\//.exec(head) ?? /^# latency: .* #(\d+)\/\d+,/m.exec(head)
  return match === null ? undefined : Number(match[1])
}

function stackHeaders(bytes: Uint8Array): number {
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/: <stack trace>$/gm)?.length ?? 0
  )
}

/** CPUs whose buffer was overwritten, so that it may begin with the stack of an event that is gone. */
function lateBuffers(trace: Trace): number {
  return trace.losses.filter((loss) => loss.kind === 'start' || loss.kind === 'overrun').length
}
