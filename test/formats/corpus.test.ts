import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createNodeSha256, nodeInflate, nodeSource } from '../../src/cli/node-source.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type FormatId, type SourceFile } from '../../src/model/source-file.ts'

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const hasCorpus = existsSync(corpus)

const NOTES =
  /^((buddyinfo|cmdline|meminfo|modules|threshold|trace_options|trace_stats|uname|vmstat-(after|before))\.txt|(perf|trace-cmd)\.log)$/

/** What no reader is for: what was known beforehand and the binary form of perf. */
const PLAIN = /^(truth\.json|perf\.data)$/

/** What the corpus' own naming says a file is; the reader never sees the name. */
function kindOf(path: string): FormatId | 'untold' {
  const name = basename(path).replace(/\.gz$/, '')
  if (/^page_owner(_full|-big)?\.txt$/.test(name)) return 'page_owner'
  if (name === 'dmesg.txt') return 'dmesg'
  if (name === 'window.txt') return 'pfn_window'
  if (name === 'kallsyms.txt') return 'kallsyms'
  if (name === 'page_owner_stacks.txt') return 'page_owner_stacks'
  if (name === 'pagetypeinfo.txt') return 'pagetypeinfo'
  if (name === 'zoneinfo.txt') return 'zoneinfo'
  if (name.startsWith('page-types')) return 'page_types'
  if (NOTES.test(name)) return 'machine_notes'
  if (name.startsWith('kpage')) return 'kpage'
  if (PLAIN.test(name)) return 'unknown'
  if (name === 'trace.dat') return 'trace_dat'
  if (name === 'perf-script.txt') return 'perf_script'
  if (/^(longterm_pinner|alloc_contig_failed)\.txt$/.test(name)) return 'page_pinner'
  return name === 'trace.txt' || name === 'trace-big.txt' ? 'ftrace' : 'untold'
}

async function readFolder(folder: string): Promise<readonly SourceFile[]> {
  const paths = readdirSync(`${corpus}${folder}`).map((name) => `${corpus}${folder}/${name}`)
  const sources = await Promise.all(paths.map((path) => nodeSource(path)))
  const outcome = await readTrace(sources, { inflate: nodeInflate, createSha256: createNodeSha256 })
  return outcome.ok ? outcome.value.files : outcome.error.files
}

const folders = hasCorpus
  ? readdirSync(corpus, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : []

/** What is wrong with how a file was read, in words; empty when nothing is. */
function wrongsOf(file: SourceFile): readonly string[] {
  const kind = kindOf(file.name)
  const { total, parsed, skipped, rejected } = file.ledger
  const wrongs = [
    ...(kind === file.format ? [] : [`taken for ${file.format}, should be ${kind}`]),
    ...(rejected > 0 ? [`${rejected} lines refused`] : []),
    ...(parsed + skipped + rejected === total ? [] : ['lines are lost']),
    ...file.damage.map(({ message }) => message),
  ]
  return wrongs.map((wrong) => `${file.name}: ${wrong}`)
}

// Without the corpus beside the repository (../shared/corpus) there is nothing to read.
describe.skipIf(!hasCorpus)('real captures in ../shared/corpus', () => {
  test.each(folders)(
    'the files of %s are all known by content, and none is refused a line',
    async (folder) => {
      const files = await readFolder(folder)
      expect(files.length).toBeGreaterThan(0)
      expect(files.flatMap((file) => wrongsOf(file))).toEqual([])
    },
    300_000, // one folder holds 1.5 GiB of text
  )
})

test.skipIf(hasCorpus)('real captures are skipped: there is no ../shared/corpus', () => {
  expect(folders).toEqual([])
})
