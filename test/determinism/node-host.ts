import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ANSWERS } from '../../src/bridge/answers.ts'
import { Capture } from '../../src/bridge/capture.ts'
import { type QuestionName } from '../../src/bridge/protocol.ts'
import { loadSources } from '../../src/cli/load-capture.ts'
import { createNodePool } from '../../src/cli/node-pool.ts'
import { nodeSource } from '../../src/cli/node-source.ts'
import { readLinesOf } from '../../src/cli/read-raw-lines.ts'
import { type Source } from '../../src/formats/source.ts'
import { type Ask } from './ask-all.ts'
import { type Reading } from './case.ts'
import { digestCapture } from './digest.ts'
import { type HostDigest } from './host-digest.ts'
import { keepPools } from './kept-pools.ts'
import { inPieces } from './pieces.ts'

const pools = keepPools(createNodePool)

/** Ends the threads that the readings left. */
export const endNodeThreads = pools.end

/** Reads files of a folder as the command line does, with so many threads and pieces so long. Throws when nothing of them can be read. */
export async function digestInNode(folder: string, reading: Reading): Promise<HostDigest> {
  const sources = await sourcesOf(folder, reading.chunkBytes)
  const before = pools.partsRead()
  const loaded = await loadSources(sources, { createPool: () => pools.lend(reading.shards, reading.partBytes) })
  if (!loaded.ok) throw new Error(loaded.error)
  const { sources: read, trace, derived } = loaded.value
  const ask = askOf(new Capture({ sources: read, trace }, derived))
  const digest = await digestCapture({ trace, derived, ask, readLinesOf: readLinesOf(loaded.value) }, reading)
  return { ...digest, partsRead: pools.partsRead() - before, events: trace.events.length }
}

function askOf(capture: Capture): Ask {
  return async <Name extends QuestionName>(name: Name, question: Parameters<(typeof ANSWERS)[Name]>[1]) => {
    const result = await ANSWERS[name](capture, question)
    if (!result.ok) throw new Error(`${name}: ${result.problem.message}`)
    return result.answer
  }
}

async function sourcesOf(folder: string, chunkBytes: number): Promise<readonly Source[]> {
  const names = readdirSync(folder).toSorted()
  return Promise.all(names.map(async (name) => cutSource(await nodeSource(join(folder, name)), chunkBytes)))
}

/** A source whose bytes come in pieces of a size, under its name alone. */
function cutSource(source: Source, chunkBytes: number): Source {
  const slice = source.slice?.bind(source)
  const passing = source.passing?.bind(source)
  return {
    ...source,
    name: basename(source.name),
    stream: () => inPieces(source.stream(), chunkBytes),
    ...(slice === undefined ? {} : { slice: (from: number, to: number) => inPieces(slice(from, to), chunkBytes) }),
    ...(passing === undefined ? {} : { passing: (from: number) => inPieces(passing(from), chunkBytes) }),
  }
}
