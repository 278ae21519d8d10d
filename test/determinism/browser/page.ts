import { wrap } from 'comlink'
import { type BrowserWork, type BrowserOutcome } from '../browser-work.ts'
import { type DigestApi } from './digest-worker.ts'

const worker = wrap<DigestApi>(new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' }))
const { search } = location

for (;;) {
  const next = await fetch(`next${search}`)
  if (next.status !== 200) break
  const work: BrowserWork = await next.json() // as the command wrote it
  const body = JSON.stringify(await outcomeOf(work))
  await fetch(`done${search}`, { method: 'POST', body })
}

async function outcomeOf({ names, reading }: BrowserWork): Promise<BrowserOutcome> {
  try {
    const files = await Promise.all(names.map(fetched))
    return { digest: await worker.digest(files, reading) }
  } catch (error) {
    return { problem: String(error) }
  }
}

async function fetched(name: string): Promise<File> {
  const response = await fetch(`file/${encodeURIComponent(name)}${search}`)
  return new File([await response.blob()], name)
}
