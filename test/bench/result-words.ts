import { type BenchResults } from './results.ts'
import { type Baseline, isMet, type Measurement, type Unit } from './row.ts'

const PLACES = { node: 'Node', chromium: 'Chromium' } as const

/** One measurement on one line, for who watches. */
export function measurementLine(measured: Measurement): string {
  const parts = [
    measured.row.padEnd(12),
    `${valueText(measured)} `.padStart(14),
    measured.what,
    targetText(measured),
    verdictText(measured),
    ...measured.baselines.map(baselineText),
    `checked: ${measured.checked}`,
  ]
  return parts.filter((part) => part !== '').join(' | ')
}

/** The table of README.md, of both parts. */
export function markdownTable(all: readonly BenchResults[]): string {
  const head = ['| what | measured | wanted | met | beside |', '| --- | --- | --- | --- | --- |']
  const rows = all.flatMap(({ where, measurements, failed }) => [
    ...measurements.map((measured) => markdownRow(measured, PLACES[where])),
    ...failed.map(
      ({ row, message }) => `| ${PLACES[where]}: ${row} | failed: ${message.split('\n')[0]} |  | not met |  |`,
    ),
  ])
  return [...head, ...rows, '', ...all.map(machineLine)].join('\n')
}

function markdownRow(measured: Measurement, where: string): string {
  const beside = measured.baselines.map(baselineText).join('; ')
  return `| ${where}: ${measured.what} | ${valueText(measured)} | ${targetText(measured)} | ${verdictText(measured)} | ${beside} |`
}

function machineLine({ where, machine, startedAt, options }: BenchResults): string {
  const { cpu, cores, memoryBytes, kernel, node, chromium } = machine
  const browser = chromium === undefined ? '' : `, Chromium ${chromium}`
  const size = `medians of ${options.runs}, trace of ${options.size / 1e6} MB`
  const machineWords = `${cpu}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, Linux ${kernel}`
  return `${PLACES[where]}: ${machineWords}, Node ${node}${browser}; ${size}; ${startedAt.slice(0, 10)}.`
}

function valueText({ value, unit }: Measurement): string {
  return numberText(value, unit)
}

function numberText(value: number, unit: Unit): string {
  return unit === 'x' ? `${value.toFixed(2)} ×` : `${value.toFixed(DIGITS[unit])} ${unit}`
}

const DIGITS: Readonly<Record<Exclude<Unit, 'x'>, number>> = { 'MB/s': 0, ms: 1, s: 2, bytes: 1, MB: 0 }

function targetText({ target, unit, baselines }: Measurement): string {
  const words = [
    ...(target?.atLeast === undefined ? [] : [`≥ ${target.atLeast} ${unit}`]),
    ...(target?.atMost === undefined ? [] : [`≤ ${target.atMost} ${unit === 'x' ? '×' : unit}`]),
    ...baselines.flatMap((baseline) =>
      'ratio' in baseline && baseline.ratioAtMost !== undefined
        ? [`≤ ${ratioText(baseline.ratioAtMost)} ${baseline.name}`]
        : [],
    ),
  ]
  return words.join(', ')
}

function verdictText(measured: Measurement): string {
  const met = isMet(measured)
  return met === undefined ? '' : met ? 'met' : 'not met'
}

/** `6.2 × wc -l (0.31 s)`: how often the baseline's time pinscope took; below 1 it was faster. */
function baselineText(baseline: Baseline): string {
  if ('missing' in baseline) return `${baseline.name}: ${baseline.missing}`
  return `${ratioText(baseline.ratio)} ${baseline.name} (${(baseline.ms / 1000).toFixed(2)} s)`
}

/** `8.0 ×`, `1/10.0 ×` */
function ratioText(ratio: number): string {
  return ratio >= 1 ? `${ratio.toFixed(1)} ×` : `1/${(1 / ratio).toFixed(1)} ×`
}
