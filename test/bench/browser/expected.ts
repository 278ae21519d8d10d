import { type NamedInput } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { type Expected } from './bench-page.ts'

const known = new Map<string, Promise<Expected>>()

/** What a load must lead to: what was written, or what Node reads of a file that was given. */
export function expectedOf({ path, facts }: NamedInput): Promise<Expected> {
  if (facts !== undefined) return Promise.resolve({ events: facts.events, failures: facts.failures })
  const asked = known.get(path) ?? readInProcess({ path, threads: 'all', only: 'judge' }).then(expectedFrom)
  known.set(path, asked)
  return asked
}

function expectedFrom({ events, judged }: Awaited<ReturnType<typeof readInProcess>>): Expected {
  return { events, failures: judged?.failures }
}
