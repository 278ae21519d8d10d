import { parentPort, workerData } from 'node:worker_threads'
import { contentHash } from '../formats/content-hash.ts'
import { iterate } from '../formats/unwrap.ts'
import { createNodeSha256, type PathPart, streamOfPart } from './node-source.ts'

const hash = contentHash(createNodeSha256)
// Whoever starts this thread gives a part.
for await (const piece of iterate(streamOfPart(workerData as PathPart))) hash.update(piece)
parentPort?.postMessage(await hash.digest(), [])
