import { type Connection } from '../../../src/bridge/connect.ts'
import { type QuestionName, type Questions } from '../../../src/bridge/protocol.ts'
import { type OverviewAnswer } from '../../../src/queries/overview.ts'
import { Broken, expectKept } from '../checks/broken.ts'
import { checkFinite, checkPrinted } from '../checks/check-texts.ts'
import { digestOf } from '../checks/digest.ts'
import { type PlainName, questionsAbout, type Subjects } from './questions.ts'

/** Asks every question over the wire: each must be answered, with numbers that are numbers, and again with the same. */
export async function askAll({ api }: Connection, overview: OverviewAnswer, filter: string): Promise<void> {
  const subjects = await subjectsOf(api, overview, filter)
  const questions = questionsAbout(subjects)
  const answers = new Map<string, string>()
  for (const name of Object.keys(questions) as PlainName[]) {
    const answer = await ask(api, name, questions[name])
    answers.set(name, digestOf(answer))
  }
  const digest = await ask(api, 'compareDigest', questions.compareDigest)
  const choice = questions.compareDigest.choice
  if (digest !== undefined)
    await ask(api, 'compare', { choice, other: digest, sort: 'rank', isDescending: true, offset: 0, limit: 9 })
  for (const name of ['failures', 'triage', 'events', 'pinners', 'mapSpace'] as const) {
    const again = digestOf(await ask(api, name, questions[name]))
    expectKept(again === answers.get(name), 'second answer', () => `${name} is answered in two ways`)
  }
}

async function subjectsOf(api: Connection['api'], overview: OverviewAnswer, filter: string): Promise<Subjects> {
  const failures = await ask(api, 'failures', { thresholdNs: 1 })
  const first = failures?.failures[0]
  const pinned = await ask(api, 'pinners', {
    thresholdNs: 0,
    includeExpected: true,
    filter: '',
    sort: 'total',
    isDescending: true,
    offset: 0,
    limit: 1,
  })
  const events = await ask(api, 'events', { offset: 0, limit: 1 })
  const pfn = first?.startPfn ?? events?.rows.find(({ pfn: named }) => named >= 0)?.pfn ?? 0x100
  return { overview, failure: first?.id ?? '', pfn, stackHash: pinned?.rows[0]?.group ?? '', filter }
}

/** Undefined where there is no such thing to tell of, which is an answer too. */
async function ask<Name extends QuestionName>(
  api: Connection['api'],
  name: Name,
  question: Questions[Name]['question'],
): Promise<Questions[Name]['answer'] | undefined> {
  const result = await api.ask(name, question).catch((error: unknown) => {
    throw new Broken('bridge', `${name} was rejected: ${String(error)}`)
  })
  if (!result.ok) {
    const { code, message } = result.problem
    expectKept(code !== 'broken_promise' && code !== 'worker_died', `question ${name}`, () => `${code}: ${message}`)
    return undefined
  }
  checkFinite(name, result.answer)
  if (name === 'bugReport') checkMail(result.answer)
  return result.answer
}

function checkMail(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'text' in answer && typeof answer.text === 'string')
    checkPrinted('the mail', answer.text)
}
