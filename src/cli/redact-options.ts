import { fail, ok } from '../base/result.ts'
import { REDACT_NOTHING, type RedactChoice } from '../report/slice/redact-choice.ts'
import { isNoOption } from './option-readers.ts'
import { type OptionReaders } from './read-words.ts'

type Kind = Exclude<keyof RedactChoice, 'symbols'>

/** `--redact comms,pids` and `--redact-symbol NAME`: what gets other names before it leaves. */
export function redactOptions(kinds: readonly Kind[]): OptionReaders<{ readonly redact?: RedactChoice }> {
  return {
    '--redact': (text, { redact = REDACT_NOTHING }) => {
      const names = text.split(',')
      if (names.some((name) => !kinds.some((kind) => kind === name)))
        return fail(`some of ${kinds.join(', ')}, with commas between`)
      return ok({ redact: { ...redact, ...Object.fromEntries(names.map((name) => [name, true])) } })
    },
    '--redact-symbol': (text, { redact = REDACT_NOTHING }) =>
      isNoOption(text)
        ? ok({ redact: { ...redact, symbols: [...redact.symbols, text] } })
        : fail('a function or a module'),
  }
}
