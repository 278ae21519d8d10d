import { parentPort, workerData } from 'node:worker_threads'
import { contentHash } from '../formats/content-hash.ts'
import { createNodeSha256, type PathPart } from './node-source.ts'
import { bytesOfPart } from './part-bytes.ts'

const hash = contentHash(createNodeSha256)
// Whoever starts this thread gives a part.
for (const piece of bytesOfPart(workerData as PathPart)) hash.update(piece)
parentPort?.postMessage(await hash.digest(), [])
