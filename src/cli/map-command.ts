import { ok, type Result } from '../base/result.ts'
import { mapJson } from '../report/map/map-json.ts'
import { gatherMap } from '../report/map/map-report.ts'
import { mapText } from '../report/map/map-text.ts'
import { loadCapture } from './load-capture.ts'
import { type MapCommand } from './map-arguments.ts'

/** `pinscope map`: what goes to standard output. */
export async function runMap(command: MapCommand): Promise<Result<string, string>> {
  const loaded = await loadCapture(command.paths, command)
  if (!loaded.ok) return loaded
  const { trace, derived } = loaded.value
  // Machines are given all of it.
  const report = gatherMap(trace, derived, { ...command, isWhole: command.isWhole || command.isJson })
  return ok(command.isJson ? `${JSON.stringify(mapJson(report), undefined, 1)}\n` : mapText(report))
}
