import { type FuzzCase, type TargetName } from '../fuzz-case.ts'
import { runBridge } from './bridge.ts'
import { runEmbedded } from './embedded.ts'
import { runFilter } from './filter.ts'
import { runLink } from './link.ts'
import { runLoad } from './load.ts'
import { runRules } from './rules.ts'
import { runSession } from './session.ts'

/** Gives an input to its part of the engine; throws what it broke. */
export const TARGETS: Readonly<Record<TargetName, (given: FuzzCase) => Promise<void>>> = {
  load: runLoad,
  bridge: runBridge,
  rules: runRules,
  session: runSession,
  link: runLink,
  embedded: runEmbedded,
  filter: runFilter,
}
