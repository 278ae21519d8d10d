import { plainJson } from '../plain-json.ts'
import { type SliceNames } from './redact-slice.ts'

/** A text on a finding with other names, line by line; JSON value by value, as it was laid out. */
export function redactText(
  { of, isJson }: { readonly of: string; readonly isJson: boolean },
  names: SliceNames,
): string {
  if (!isJson) return names.words(names.broken(of))
  const value: unknown = JSON.parse(of)
  return `${plainJson(JSON.stringify(redactValue(value, names, ''), undefined, 1))}\n`
}

function redactValue(value: unknown, names: SliceNames, key: string): unknown {
  if (typeof value === 'string') return redactString(value, names, key)
  if (typeof value === 'number') return PIDS.has(key) ? names.pid(value) : value
  if (Array.isArray(value)) return value.map((one: unknown) => redactValue(one, names, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redactValue(part, names, name)]))
}

function redactString(text: string, names: SliceNames, key: string): string {
  if (key === 'comm') return names.comm(text)
  return key === 'assignee' ? names.person(text) : names.words(text)
}

const PIDS: ReadonlySet<string> = new Set(['pid', 'tgid'])
