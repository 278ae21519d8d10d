import { counted } from '../base/counted.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { type FilterError } from '../queries/filter/filter-node.ts'
import { readFilter } from '../queries/filter/read-filter.ts'
import { type EventAnswer, findEvents } from '../queries/events.ts'
import { eventJson, eventsHeadJson } from '../report/events/events-json.ts'
import { eventHead, eventLines, eventWidths } from '../report/events/events-text.ts'
import { filterErrorText } from '../report/events/filter-error-text.ts'
import { filterHelpText } from '../report/events/filter-help-text.ts'
import { plainJson } from '../report/plain-json.ts'
import { plainText } from '../report/plain-text.ts'
import { type EventsCommand } from './events-arguments.ts'
import { type LoadedCapture, loadCapture } from './load-capture.ts'
import { readLinesOf } from './read-raw-lines.ts'

/** Rows that are made at once: all of a large trace are more than a string holds. */
const PAGE_ROWS = 2000

/** `pinscope events`: rows go to standard output page by page; what is left is answered. */
export async function runEvents(command: EventsCommand): Promise<Result<string, string>> {
  if (command.kind === 'filterHelp') return ok(filterHelpText())
  const { errors } = readFilter(command.filter)
  if (errors.length > 0) return failFilter(command.filter, errors)
  const loaded = await loadCapture(command.paths)
  return loaded.ok ? writeEvents(loaded.value, command) : loaded
}

function failFilter(filter: string, errors: readonly FilterError[]): Result<string, string> {
  process.stderr.write(filterErrorText(filter, errors))
  return fail('the filter is not understood: pinscope events --help-filter documents it')
}

type Asked = Extract<EventsCommand, { kind: 'events' }>

async function writeEvents(capture: LoadedCapture, command: Asked): Promise<Result<string, string>> {
  const { trace, derived } = capture
  const { total, unknown, errors } = findEvents(trace, { filter: command.filter, offset: 0, limit: 0 }, derived)
  // Names that no event has are known only with the files.
  if (errors.length > 0) return failFilter(command.filter, errors)
  const unknownText = `${counted(unknown, 'event')} of which the capture does not tell whether they match`
  if (command.form === 'count') {
    if (unknown > 0) process.stderr.write(`pinscope: beside ${unknownText}\n`)
    return ok(`${total}\n`)
  }
  const end = Math.min(total, command.limit ?? total)
  const pages = eventPages(capture, command, end)
  if (command.form === 'json') {
    const { filter } = command
    const head = eventsHeadJson({ filter, events: trace.events.length, matching: total, unknown, listed: end })
    await write(`${plainJson(JSON.stringify(head)).slice(0, -1)},"rows":[`)
    let before = ''
    for (const page of pages) {
      await write(`${before}\n${page.map((event) => plainJson(JSON.stringify(eventJson(event)))).join(',\n')}`)
      before = ','
    }
    return ok('\n]}\n')
  }
  if (command.form === 'raw') {
    for (const page of pages) await write(await rawLines(capture, page))
  } else {
    let widths: readonly number[] | undefined
    for (const page of pages) {
      if (widths === undefined) await write(eventHead((widths = eventWidths(page))))
      await write(eventLines(page, widths))
    }
  }
  if (end < total) process.stderr.write(`pinscope: ${end} of ${total} matching events listed\n`)
  if (unknown > 0) process.stderr.write(`pinscope: beside ${unknownText}\n`)
  return ok('')
}

function* eventPages(
  { trace, derived }: LoadedCapture,
  { filter }: Asked,
  end: number,
): Generator<readonly EventAnswer[]> {
  for (let offset = 0; offset < end; offset += PAGE_ROWS) {
    const limit = Math.min(PAGE_ROWS, end - offset)
    yield findEvents(trace, { filter, offset, limit }, derived).rows
  }
}

/** The lines as they stand in their files; on a terminal without what could move its cursor. */
async function rawLines(capture: LoadedCapture, events: readonly EventAnswer[]): Promise<string> {
  const byFile = new Map<number, number[]>()
  for (const { place } of events) pushTo(byFile, place.file, place.line)
  const readLines = readLinesOf(capture)
  const found = new Map<number, ReadonlyMap<number, string>>()
  for (const [file, lines] of byFile)
    found.set(
      file,
      await readLines(
        file,
        lines.toSorted((a, b) => a - b),
      ),
    )
  return events
    .map(({ place }) => found.get(place.file)?.get(place.line) ?? '')
    .map((text) => `${process.stdout.isTTY ? plainText(text) : text}\n`)
    .join('')
}

async function write(text: string): Promise<void> {
  if (process.stdout.write(text)) return
  await new Promise<void>((resolve) => {
    process.stdout.once('drain', () => resolve())
  })
}

function pushTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
