import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Embedded } from '../../src/base/embedded.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { parseRuleFile, writeOwnRules } from '../../src/derive/attribution/rule-file.ts'
import { chooseRules } from '../../src/derive/attribution/rule-set.ts'
import { LINK_PREFIX } from '../../src/formats/slice/open-slice.ts'
import { packSlice } from '../../src/report/slice/pack-slice.ts'
import { keptText, parseSession, sessionFile, sessionText } from '../../src/session/session-file.ts'
import { type Session } from '../../src/session/session.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { FILTERS_VALUE, INDEXES_VALUE, SETTINGS_VALUE } from '../../src/state/kept-value.ts'
import { SESSION_KEY } from '../../src/state/session-shelf.ts'
import { type Settings, writeSettings } from '../../src/state/settings.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { readCapture, sliceOf } from '../support/slice-of.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

/** The build that wrote the index of a fixture: never the one that reads it. */
export const FIXTURE_BUILD = 'of a fixture'

/** The capture that all of it is of. */
export const FIXTURE_TRACE = `${tracedText(LEAK)}\n`
const CHANGED = 1_700_000_000_000

/** The trace as a file that a person opens. */
export function fixtureFile(text = FIXTURE_TRACE): File {
  return new File([text], 'trace.txt', { lastModified: CHANGED })
}

/** Every setting, each other than usual. */
export const FIXTURE_SETTINGS: Settings = {
  density: 'comfortable',
  sourceTemplate: 'https://elixir.bootlin.com/linux/v6.12/A/ident/{symbol}',
  author: 'Ann',
  embedOrigins: ['https://ci.example.org'],
  recentActions: ['theme', 'copy-link'],
}

export const FIXTURE_FILTERS: readonly string[] = ['comm:cat', 'pfn:0x100..0x200']

const RULES = `{"schema": "pinscope.rules/1", "rules": [
  {"id": "my-driver", "class": "driver", "on": "both", "frames": ["my_map\\\\w*"], "reason": "it maps", "source": "drivers/my/map.c"},
  {"id": "driver", "off": true}
], "pairs": [
  {"id": "pair-my-driver", "get": ["my_map\\\\w*"], "put": ["my_unmap"], "reason": "it maps", "source": "drivers/my/map.c"}
]}`

/** Everything that pinscope keeps or hands out and reads again, as this build writes it: by path below a version's folder. */
export async function storedThings(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const session = fixtureSession()
  const slice = await sliceOf(await readCapture([fixtureFile()]), { kind: 'page', pfn: '0x100' })
  const kept = {
    [SESSION_KEY]: keptText(session),
    [SETTINGS_VALUE.key]: writeSettings(null, FIXTURE_SETTINGS),
    [FILTERS_VALUE.key]: JSON.stringify(FIXTURE_FILTERS),
    [INDEXES_VALUE.key]: 'off',
  }
  return new Map<string, string | Uint8Array>([
    ['pinscope-session.json', sessionText(session)],
    ['local-storage.json', `${JSON.stringify(kept, undefined, 1)}\n`],
    ['slice.json', slice.json],
    ['slice-in-link.txt', `${LINK_PREFIX}${packSlice(slice.json)}\n`],
    ['embedded.json', `${JSON.stringify(embedded(session), undefined, 1)}\n`],
    ['rules.json', ownRules()],
    ['trace.index.gz', gzipSync(await indexBytes())],
  ])
}

/** What people said, with every field, a conflict and values that were taken away. */
export function fixtureSession(): Session {
  const read = parseSession(
    readFileSync(new URL('../fixtures/session/pinscope-session-v1.json', import.meta.url), 'utf8'),
  )
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}

function embedded(session: Session): Embedded {
  const from = [{ name: 'trace.txt', sizeBytes: FIXTURE_TRACE.length, sha256: 'ab'.repeat(32) }]
  const gz = gzipSync(FIXTURE_TRACE).toString('base64')
  return {
    pinscope: 'embedded',
    version: 1,
    link: '/triage?v=2&end',
    files: [{ name: 'trace.txt', gz }],
    session: sessionFile(session),
    made: { by: 'pinscope 0.1.0', on: '2026-11-22', from },
  }
}

function ownRules(): string {
  const choice = parseRuleFile(RULES)
  if (!choice.ok) throw new Error(choice.error.message)
  return writeOwnRules(chooseRules(choice.value))
}

async function indexBytes(): Promise<Uint8Array> {
  const files = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(files, { build: FIXTURE_BUILD, budgetBytes: 1e9 })
  const session = new TraceSession({ openShelf, build: FIXTURE_BUILD, leastTextBytes: 100 })
  await session.load([fixtureFile()], false, () => undefined, new Map(), 'reuse')
  const news = await session.indexNews()
  const bytes = news.kind === 'kept' ? files.files.get(`${news.key}.index`) : undefined
  if (bytes === undefined) throw new Error(`no index was kept: ${JSON.stringify(news)}`)
  return bytes
}
