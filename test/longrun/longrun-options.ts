import { parseArgs } from 'node:util'

/** What a command line asks for. */
export interface LongrunOptions {
  readonly cycles?: number
  readonly hours?: number
  readonly seed: number
  readonly pace: number
  readonly everyMinutes: number
  readonly everyCycles: number
  /** A page that is served already. */
  readonly address?: string
  /** Bytes of the large generated capture; none is opened when 0. */
  readonly largeBytes: number
}

export const LONGRUN_HELP = `npm run longrun -- --cycles 200   captures opened and closed, in Chromium, on the built page
npm run longrun -- --hours 2      used as a person would, all screens, by chances of a seed

  --seed N             of the walk, 1
  --every N            cycles between lines of the table, 10
  --minutes N          minutes between measurements of the walk, 5
  --large MB           every tenth cycle opens a generated trace of so many, 110; 0: never
  --pace X             times that a person would take, 1; 0 does not wait
  --address URL        a page that is served already; built and served when not given

It ends with 1 when something grows, is lost, or the browser complains.
`

/** Reads a command line, without node and script. Throws what is wrong with it, in words. */
export function parseLongrunOptions(args: readonly string[]): LongrunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cycles: { type: 'string' },
      hours: { type: 'string' },
      seed: { type: 'string', default: '1' },
      every: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '5' },
      large: { type: 'string', default: '110' },
      pace: { type: 'string', default: '1' },
      address: { type: 'string' },
    },
  })
  if ((values.cycles === undefined) === (values.hours === undefined)) throw new Error('needs --cycles N or --hours N')
  return {
    cycles: values.cycles === undefined ? undefined : positive(values.cycles, '--cycles'),
    hours: values.hours === undefined ? undefined : positive(values.hours, '--hours'),
    seed: positive(values.seed, '--seed'),
    pace: notNegative(values.pace, '--pace'),
    everyMinutes: positive(values.minutes, '--minutes'),
    everyCycles: positive(values.every, '--every'),
    address: values.address,
    largeBytes: notNegative(values.large, '--large') * 1e6,
  }
}

function notNegative(text: string, option: string): number {
  const value = Number(text)
  if (text !== '' && value >= 0 && Number.isFinite(value)) return value
  throw new Error(`${option} needs a number, not ${text}`)
}

function positive(text: string, option: string): number {
  const value = notNegative(text, option)
  if (value > 0) return value
  throw new Error(`${option} needs a number above 0, not ${text}`)
}
