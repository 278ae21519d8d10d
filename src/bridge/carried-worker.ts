/** What a worker of pinscope does. */
export type WorkerRole = 'trace' | 'shard' | 'hash' | 'unpack'

let carried: string | undefined

/**
 * From now on workers are started from the script at `address`, and not from files beside the page: the app is one file,
 * and has the script in it. A worker hands its own address on in the same way.
 */
export function carryWorkers(address: string): void {
  carried = address
}

/** The carried script as a worker, told by its name what it is to do; undefined where each role has a file of its own. */
export function carriedWorker(role: WorkerRole): Worker | undefined {
  return carried === undefined ? undefined : new Worker(carried, { name: role })
}
