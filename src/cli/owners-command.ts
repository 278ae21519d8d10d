import { fail, ok, type Result } from '../base/result.ts'
import { type OwnerDump, ownerDumpsOf } from '../derive/owner-dumps.ts'
import { type Trace } from '../model/trace.ts'
import { gatherOwners, type OwnersAsked } from '../report/owners/owner-facts.ts'
import { ownersJson } from '../report/owners/owners-json.ts'
import { ownersText } from '../report/owners/owners-text.ts'
import { findInputs } from './find-inputs.ts'
import { loadCapture } from './load-capture.ts'
import { type OwnersCommand } from './owners-arguments.ts'
import { shortNames } from './short-names.ts'

/** `pinscope owners`: what goes to standard output. */
export async function runOwners(command: OwnersCommand): Promise<Result<string, string>> {
  const loaded = await loadCapture(command.paths, {})
  if (!loaded.ok) return loaded
  const asked = await askedOf(loaded.value.trace, command)
  if (!asked.ok) return asked
  const told = gatherOwners(loaded.value.trace, asked.value)
  return ok(command.isJson ? `${JSON.stringify(ownersJson(told), undefined, 1)}\n` : ownersText(told))
}

async function askedOf(trace: Trace, command: OwnersCommand): Promise<Result<OwnersAsked, string>> {
  const { dumps } = ownerDumpsOf(trace)
  const { filter, grouping, mode } = command
  if (dumps.length === 0) {
    return fail('no file tells who allocated: page_owner, page_owner_stacks or page_owner_sort output is needed')
  }
  if (mode === 'groups') return ok({ mode, dump: '', grouping, filter })
  const given = await givenDumps(trace, dumps, command.paths)
  if (!given.ok) return given
  const ids = given.value.map(({ id }) => id)
  return ok(mode === 'trend' ? { mode, series: ids, filter } : { mode, base: ids[0], other: ids[1], filter })
}

/** The dump of each path, in the order given. */
async function givenDumps(
  trace: Trace,
  dumps: readonly OwnerDump[],
  paths: readonly string[],
): Promise<Result<readonly OwnerDump[], string>> {
  const inputs = await findInputs(paths)
  if (!inputs.ok) return inputs
  const names = shortNames(inputs.value)
  const found: OwnerDump[] = []
  for (const path of paths) {
    const name = names[inputs.value.indexOf(path)]
    const dump = dumps.find(({ file }) => trace.files[file].name === name)
    if (dump === undefined) return fail(`${path} tells nothing of who allocated`)
    found.push(dump)
  }
  return ok(found)
}
