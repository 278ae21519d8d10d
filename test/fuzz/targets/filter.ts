import { connect, type Connection } from '../../../src/bridge/connect.ts'
import { type OverviewAnswer } from '../../../src/queries/overview.ts'
import { PortWorker } from '../../support/port-worker.ts'
import { type FuzzCase, textOf } from '../fuzz-case.ts'
import { askAll } from './ask-all.ts'
import { toldFile } from './told-files.ts'

let opened: { readonly connection: Connection; readonly overview: OverviewAnswer } | undefined

/** Asks everything with a filter, and searches for it. */
export async function runFilter({ files }: FuzzCase): Promise<void> {
  const { connection, overview } = (opened ??= await open())
  await askAll(connection, overview, textOf(files[0]))
}

async function open(): Promise<{ readonly connection: Connection; readonly overview: OverviewAnswer }> {
  const connection = connect(() => new PortWorker())
  const loaded = await connection.api.load([toldFile()], false, () => undefined)
  if (!loaded.ok) throw new Error(loaded.problem.message)
  return { connection, overview: loaded.overview }
}
