import { type LinkParameter } from './link-parameter.ts'

/** One value of a screen in the link: its name there, and how it is written. */
export interface LinkEntry<T> {
  readonly name: string
  readonly parameter: LinkParameter<T>
}

/** What a screen keeps in the link, by the key of `ViewState` that holds it. Absent means as usual, for every entry. */
export type LinkTable = Readonly<Record<string, LinkEntry<unknown>>>

/** The values that a table describes. */
export type LinkValues<Table> = {
  readonly [Key in keyof Table]?: Table[Key] extends LinkEntry<infer Value> ? Value : never
}

/** An entry of a table, with its type kept. */
export function entry<T>(name: string, parameter: LinkParameter<T>): LinkEntry<T> {
  return { name, parameter }
}

/** The values of a table that a link's parameters say; bad ones are left out. */
export function readEntries<Table extends LinkTable>(
  table: Table,
  given: Readonly<Record<string, string>>,
  read: typeof readParameter = readParameter,
): LinkValues<Table> {
  const values = Object.entries(table).map(([key, { name, parameter }]) => [key, read(given, name, parameter)] as const)
  // Every value was parsed by the entry of its own key, which is what the type says.
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as LinkValues<Table>
}

/** Writes the values of a table that are there into a link's parameters. */
export function writeEntries(
  table: LinkTable,
  values: ReadonlyMap<string, unknown>,
  into: Record<string, string>,
): void {
  for (const [key, { name, parameter }] of Object.entries(table)) writeParameter(into, name, parameter, values.get(key))
}

/** One parameter of a link; absent when the link does not say it or says nothing readable. */
export function readParameter<T>(
  given: Readonly<Record<string, string>>,
  name: string,
  parameter: LinkParameter<T>,
): T | undefined {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  return value === undefined ? undefined : parameter.parse(value)
}

/** Writes one parameter of a link, unless the value is absent. */
export function writeParameter<T>(
  into: Record<string, string>,
  name: string,
  parameter: LinkParameter<T>,
  value: T | undefined,
): void {
  if (value === undefined) return
  const written = parameter.serialize(value)
  // A value that would not be read again is no value: the link then says nothing rather than something wrong.
  if (parameter.parse(written) !== undefined) into[name] = written
}
