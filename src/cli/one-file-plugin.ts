import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAst } from 'rolldown/parseAst'
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite'
import { composePage, embeddedEnds, fileElement, ONE_FILE, titleElement } from '../base/one-file.ts'
import { LICENCES_NAME, licencesText } from './bill-of-materials.ts'
import { TRUSTED_TYPES } from './page-headers.ts'
import { modulesOf } from './shipped-packages-plugin.ts'
import { packagesOf } from './shipped-packages.ts'

/** The largest that the app may be as a gzip file, in bytes: it is sent by mail and carried on sticks. */
export const MOST_GZ_BYTES = 1_500_000

/** Files beside the served page that the app has in it, by their address. */
const CARRIED = [
  'example/trace.gzip',
  'example/page_owner.txt',
  'example/dmesg.txt',
  'example/window.txt',
  'pinscope-record.sh',
]

/** Alphabets other than Latin take more room in the fonts than all the rest; the system's fonts have them. */
const FONT_FACE = /\/\* \S*?-(?<subset>[a-z-]+)-wght-normal \*\/\s*@font-face \{[^}]*\}/g
const SERVED_WORKER = /\?\?\s*new Worker\(new URL\([^)]*\), \{ type: 'module' \}\)/g
const ICON = 'favicon.svg'

/**
 * Makes one HTML file of the whole app: script, styles, fonts, icon, the example, and one script that all workers are. It is
 * opened from a disk and asks for nothing else; its policy lets it run its own script, known by its hash, and talk to nobody.
 */
export function oneFilePage(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'one-file-page',
    enforce: 'pre',
    config: () => ({
      build: {
        emptyOutDir: false, // the served page is there
        copyPublicDir: false,
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        cssCodeSplit: false,
        modulePreload: false,
        rolldownOptions: { output: { codeSplitting: false } },
      },
    }),
    configResolved: (resolved) => {
      config = resolved
    },
    transform: (code, id) => narrowed(code, id),
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const worker = await buildWorker(config)
        const packages = packagesOf([...modulesOf(bundle), ...worker.modules], config.root)
        const carried = [
          ...CARRIED.map((name) => fileElement(name, bytesOf(config, name))),
          fileElement(LICENCES_NAME, Buffer.from(licencesText(packages, config.root)).toString('base64')),
        ]
        const page = pageOf(Object.values(bundle), worker.script, carried, bytesOf(config, ICON))
        for (const name of Object.keys(bundle)) delete bundle[name]
        refuseLarge(page)
        this.emitFile({ type: 'asset', fileName: ONE_FILE.name, source: page })
      },
    },
  }
}

/** What the one file does without: other alphabets, and workers that have files of their own. */
function narrowed(code: string, id: string): string | undefined {
  if (id.includes('@fontsource-variable')) {
    return code.replaceAll(FONT_FACE, (face, subset: string) => (/(^|-)latin$/.test(subset) ? face : ''))
  }
  if (!/\/src\/bridge\/[a-z-]+\.ts$/.test(id) || !code.includes('carriedWorker(')) return undefined
  return code.replaceAll(SERVED_WORKER, `?? (() => { throw new Error('broken promise: no worker is carried') })()`)
}

/** The script that all workers are, and what it is made of. */
async function buildWorker({ root, define }: ResolvedConfig): Promise<{ script: string; modules: readonly string[] }> {
  const built = await build({
    configFile: false,
    root,
    define,
    logLevel: 'warn',
    plugins: [{ name: 'no-worker-files', enforce: 'pre', transform: narrowed }],
    build: {
      write: false,
      target: 'es2023',
      copyPublicDir: false,
      rolldownOptions: {
        input: join(root, 'src/bridge/one-file.worker.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  })
  if (!('output' in built)) throw new Error('broken promise: one input gives one build')
  // By this name the script knows itself, to start others of it.
  const modules = built.output.flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []))
  return { script: `(function pinscopeWorkers(){${scriptOf(built.output)}\n})()`, modules }
}

/** A file that comes with the page, as base64. */
function bytesOf({ publicDir }: ResolvedConfig, name: string): string {
  return readFileSync(join(publicDir, name)).toString('base64')
}

function pageOf(made: readonly Made[], worker: string, carried: readonly string[], iconBase64: string): string {
  const script = inScript(scriptOf(made))
  const mark = `${ONE_FILE.mark}=""`
  const meta = (name: string, content: string): string => `<meta ${mark} name="${name}" content="${content}">`
  const icon = `data:image/svg+xml;base64,${iconBase64}`
  const head = [
    `<meta ${mark} http-equiv="Content-Security-Policy" content="${policyOf(script)}">`,
    `<meta ${mark} charset="utf-8">`,
    meta('viewport', 'width=device-width, initial-scale=1'),
    meta('color-scheme', 'light dark'),
    meta('description', 'Who is holding this page? One file that asks for nothing else: no byte leaves the machine.'),
    `<link ${mark} rel="icon" type="image/svg+xml" href="${icon}">`,
    titleElement(ONE_FILE.title),
    embeddedEnds.join('{}'),
    ...carried,
    `<style ${mark}>${styleOf(made)}</style>`,
  ]
  const body = [
    `<noscript ${mark}>pinscope reads traces in the browser itself and needs JavaScript.</noscript>`,
    `<div ${mark} id="root"></div>`,
    `<script ${mark} type="text/plain" id="${ONE_FILE.workerId}">${inScript(worker)}</script>`,
    `<script ${mark} type="module">${script}</script>`,
  ]
  return composePage(head, body)
}

/** What the file may do: run this script, and workers that it makes itself. There is nothing that it may fetch. */
function policyOf(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64')
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'", // the UI kit and the charts write styles
    'img-src data: blob:',
    'font-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    ...TRUSTED_TYPES,
  ].join('; ')
}

type Made = Rolldown.OutputChunk | Rolldown.OutputAsset

/** The one chunk. A second would be a file that nobody finds. */
function scriptOf(made: readonly Made[]): string {
  const chunks = made.filter((one) => one.type === 'chunk')
  if (chunks.length !== 1) throw new Error(`${chunks.length} scripts came of one page`)
  return chunks[0].code.trim()
}

function styleOf(made: readonly Made[]): string {
  const styles = made.flatMap((one) =>
    one.type === 'asset' && one.fileName.endsWith('.css') ? String(one.source) : [],
  )
  const text = styles.join('\n').trim()
  if (/<\/style/i.test(text)) throw new Error('the styles would end their own element')
  if (/url\((?!["']?data:)/.test(text)) throw new Error('the styles ask for a file')
  return text
}

/**
 * The same script, without what would end its element or change how a browser reads it (HTML, "script data escaped state"). A
 * `<` that is no part of a string or an expression breaks by that, and then the build does.
 */
function inScript(code: string): string {
  const safe = code
    .replaceAll(/<(?=\/script|script|!--)/gi, String.raw`\x3C`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\0', String.raw`\0`)
  parseAst(safe)
  return safe
}

function refuseLarge(page: string): void {
  const size = gzipSync(page, { level: 9 }).length
  if (size > MOST_GZ_BYTES) throw new Error(`${ONE_FILE.name} has ${size} bytes as gzip, more than ${MOST_GZ_BYTES}`)
}
