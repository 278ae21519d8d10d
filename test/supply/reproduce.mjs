#!/usr/bin/env node
// `npm run reproduce`: builds all that is passed on twice, under conditions that have nothing to do with it, and compares the
// digests of every file: another folder, day, time zone, language, umask, age and order of the source files.
//   --against FOLDER   one build only, without the npm package, compared with the page that is in FOLDER already
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = [
  '.npmrc',
  'LICENSE',
  'README.md',
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'test/support/browser-path.ts',
  'test/support/find-browser.mjs',
  'vite.config.ts',
]

/** A clock that is a year and some hours ahead, for the second build. */
const LATER = `data:text/javascript,${encodeURIComponent(
  'const D=Date,s=4e10;globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(D.now()+s)}static now(){return D.now()+s}}',
)}`

/**
 * @typedef {object} Conditions
 * @property {string} folder below the temporary one
 * @property {Record<string, string>} env
 * @property {string} umask
 * @property {boolean} isTurned  files are copied the other way round, and look old
 */

/** @type {readonly [Conditions, Conditions]} */
const CONDITIONS = [
  { folder: 'a', env: { TZ: 'America/Los_Angeles', LANG: 'C', LC_ALL: 'C' }, umask: '022', isTurned: false },
  {
    folder: 'another place/of b',
    env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', NODE_OPTIONS: `--import=${LATER}` },
    umask: '077',
    isTurned: true,
  },
]

const [option, against] = process.argv.slice(2)
if (option !== undefined && (option !== '--against' || against === undefined)) {
  process.stderr.write('usage: reproduce.mjs [--against FOLDER]\n')
  process.exit(2)
}

const work = mkdtempSync(join(tmpdir(), 'pinscope-reproduce-'))
const sources = join(work, 'sources')
try {
  const started = performance.now()
  const [one, other] = CONDITIONS
  // Once, because somebody may be writing them meanwhile.
  for (const source of SOURCES) cpSync(join(root, source), join(sources, source), { recursive: true })
  const first = against === undefined ? digestsOfBuild(one, true) : digestsIn(resolve(against))
  process.exitCode = tell(first, digestsOfBuild(other, against === undefined))
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/**
 * @param {Conditions} conditions
 * @param {boolean} isWhole  the npm package too
 * @returns {Map<string, string>} SHA-256 by the name of a file
 */
function digestsOfBuild(conditions, isWhole) {
  const place = join(work, conditions.folder)
  mkdirSync(place, { recursive: true })
  for (const source of conditions.isTurned ? SOURCES.toReversed() : SOURCES)
    copy(join(sources, source), join(place, source), conditions)
  if (isWhole) copyPackages(join(place, 'node_modules'))
  else symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
  const lines = isWhole
    ? ['npm run --silent package']
    : [
        'node node_modules/vite/bin/vite.js build -l error',
        'node node_modules/vite/bin/vite.js build -l error --mode one-file',
      ]
  for (const line of lines) {
    execFileSync('sh', ['-c', `umask ${conditions.umask} && exec ${line}`], {
      cwd: place,
      env: { ...process.env, ...conditions.env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const found = digestsIn(join(place, 'dist'))
  if (!isWhole) return found
  const archives = readdirSync(place).filter((name) => name.endsWith('.tgz'))
  return new Map([
    ...prefixed('dist/', found),
    ...prefixed('dist-cli/', digestsIn(join(place, 'dist-cli'))),
    ...archives.map((name) => /** @type {const} */ ([name, digestOf(join(place, name))])),
  ])
}

/**
 * Without what tools keep in it: the build begins as in a clean checkout.
 * @param {string} place
 */
function copyPackages(place) {
  cpSync(join(root, 'node_modules'), place, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => path !== join(root, 'node_modules', '.cache'),
  })
}

/**
 * @param {string} from
 * @param {string} to
 * @param {Conditions} conditions
 */
function copy(from, to, { isTurned }) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, preserveTimestamps: !isTurned })
  if (!isTurned) return
  const names = readdirSync(dirname(to), { recursive: true, encoding: 'utf8' })
  for (const name of names) utimesSync(join(dirname(to), name), 1e9, 1e9)
}

/**
 * @param {string} folder
 * @returns {Map<string, string>}
 */
function digestsIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  return new Map(paths.map((path) => [path.slice(folder.length + 1), digestOf(path)]))
}

/** @param {string} path */
function digestOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/**
 * @param {string} prefix
 * @param {Map<string, string>} digests
 * @returns {[string, string][]}
 */
function prefixed(prefix, digests) {
  return [...digests].map(([name, digest]) => [prefix + name, digest])
}

/**
 * @param {Map<string, string>} first
 * @param {Map<string, string>} second
 * @returns {number} the exit code
 */
function tell(first, second) {
  const names = [...new Set([...first.keys(), ...second.keys()])].toSorted()
  const differing = names.filter((name) => first.get(name) !== second.get(name))
  if (against === undefined)
    for (const name of names) process.stdout.write(`${second.get(name) ?? 'missing'}  ${name}\n`)
  for (const name of differing) process.stderr.write(`differs: ${name} (${first.get(name)} and ${second.get(name)})\n`)
  const all = createHash('sha256')
    .update(JSON.stringify(names.map((name) => [name, second.get(name)])))
    .digest('hex')
  process.stdout.write(`${names.length} files, ${differing.length} differ; of all of them ${all}\n`)
  return differing.length === 0 && names.length > 10 ? 0 : 1
}
