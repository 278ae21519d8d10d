#!/usr/bin/env node
// Asks the registry for known faults of what the lockfile installs, where the registry answers such questions: many mirrors do
// not. A fault that is found ends with 1; who cannot be asked is said, and ends with 0.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { judgeAudit } from './judge-audit.mjs'

const MOST_MS = 10_000
const root = fileURLToPath(new URL('../..', import.meta.url))
const { stdout, error } = spawnSync(
  'npm',
  ['audit', '--audit=true', '--json', '--fetch-retries=0', '--fetch-timeout=8000'],
  {
    cwd: root,
    encoding: 'utf8',
    timeout: MOST_MS,
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  },
)
const { isFine, words } = judgeAudit(error === undefined ? stdout : '')
process.stdout.write(`${words}\n`)
process.exitCode = isFine ? 0 : 1
