import { carryWorkers, type WorkerRole } from './carried-worker.ts'
import { exposeSession } from './door.ts'
import { exposeHashing } from './hash-door.ts'
import { exposeShards } from './shard-door.ts'
import { trustOwnScripts } from './trusted-scripts.ts'
import { exposeUnpacking } from './unpack-door.ts'

// All workers in one script, for the app that is one file: which of them this is says its name (carried-worker.ts).
const ROLES: Readonly<Record<WorkerRole, () => void>> = {
  trace: exposeSession,
  shard: exposeShards,
  hash: exposeHashing,
  unpack: exposeUnpacking,
}

/** All of this script as a function, by the build: a script cannot read itself where there is nothing that it may fetch. */
declare const pinscopeWorkers: () => void

const role = Object.keys(ROLES).find((name): name is WorkerRole => name === self.name)
if (role === undefined) throw new Error(`broken promise: no worker is called ${self.name}`)
trustOwnScripts()
// An address of its own: in a page of a disk Chromium gives each worker an origin of its own, which the page's are not of.
if (role === 'trace') carryWorkers(URL.createObjectURL(new Blob([`(${String(pinscopeWorkers)})()`])))
ROLES[role]()
