import { connect } from '../../../src/bridge/connect.ts'
import { PortWorker } from '../../support/port-worker.ts'
import { Broken, expectKept } from '../checks/broken.ts'
import { type FuzzCase } from '../fuzz-case.ts'
import { askAll } from './ask-all.ts'

/** Opens files as the page does, over a message channel, and asks everything that the page can ask. */
export async function runBridge({ files }: FuzzCase): Promise<void> {
  const connection = connect(() => new PortWorker())
  try {
    const given = files.map(({ name, bytes }) => new File([bytes], name))
    const loaded = await connection.api
      .load(given, false, () => undefined)
      .catch((error: unknown) => {
        throw new Broken('bridge', `load was rejected: ${String(error)}`)
      })
    if (loaded.ok) return await askAll(connection, loaded.overview, '')
    expectKept(loaded.problem.code === 'nothing_readable', 'bridge', () => JSON.stringify(loaded.problem))
  } finally {
    connection.dispose()
  }
}
