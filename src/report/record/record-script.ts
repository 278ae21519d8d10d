import { type RecordPlan, type RecordStep } from '../../queries/record/record-plan.ts'
import { plainText } from '../plain-text.ts'

const INSTANCES = '/sys/kernel/tracing/instances'

/** Takes away what a stopped script leaves; what is gone already is no trouble. */
const CLEANUP = [
  'cleanup() {',
  `  for I in ${INSTANCES}/pinscope-watch ${INSTANCES}/pinscope; do`,
  '    if [ -d "$I" ]; then echo 0 > "$I/tracing_on"; echo 0 > "$I/events/enable"; rmdir "$I"; fi',
  '  done',
  '}',
  'trap cleanup EXIT',
  "trap 'exit 130' INT TERM HUP",
]

/** Waits for a person between the beginning and the attempt, where there is one. */
const PAUSE = `if [ -t 0 ]; then printf 'Start now what may hold the pages, then press Enter: '; read -r ANSWER; fi`

/** The steps as one script for a POSIX shell, run as root in the folder that shall have the capture. What needs a boot is in comments. */
export function recordScript({ question, steps, warnings }: RecordPlan): string {
  const lines = [
    '#!/bin/sh',
    `# Records for pinscope: ${question.trigger}, with ${question.tool}, on Linux ${question.kernel}. Run it as root.`,
    ...warnings.map((warning) => `# Mind: ${warning}`),
    'set -u',
    `[ "$(id -u)" -eq 0 ] || { echo 'needs root' >&2; exit 2; }`,
    ...CLEANUP,
    ...steps.flatMap(stepLines),
  ]
  return `${lines.map((line) => line.split('\n').map(plainText).join('\n')).join('\n')}\n`
}

function stepLines({ id, title, commands, when }: RecordStep): readonly string[] {
  if (when === 'boot') return ['', `# Before, once: ${title}`, ...commands.map((line) => `#   ${line}`)]
  return ['', `# ${title}`, ...commands, ...(id === 'begin' ? [PAUSE] : [])]
}
