import { MantineProvider } from '@mantine/core'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { type FileHash } from '../../../src/model/file-hash.ts'
import { type OverviewAnswer } from '../../../src/queries/overview.ts'
import { CaptureStore, captureOf } from '../../../src/state/capture-store.ts'
import { createAppRouter } from '../../../src/state/router.ts'
import { CaptureStoreContext, useCapture } from '../../../src/state/use-trace.ts'
import { useCaptureLink } from '../../../src/state/use-capture-link.ts'
import { useView } from '../../../src/state/use-view.ts'
import { CopiedLink } from '../../../src/ui/shell/copied-link.tsx'
import { CheckingScreen } from '../../../src/ui/shell/link-screens.tsx'
import { useCopyLink } from '../../../src/ui/shell/use-copy-link.ts'
import { WaitingLink } from '../../../src/ui/shell/waiting-link.tsx'
import { FileHashText } from '../../../src/ui/views/files/file-hash-text.tsx'
import { FakeConnection, fileAnswer, hashOf, overviewOf, settle } from '../../support/fake-trace-api.ts'

afterEach(cleanup)

const PUT_OFF: FileHash = { kind: 'put_off', fingerprint: hashOf('samples') }
const KNOWN: FileHash = { kind: 'known', sha256: hashOf('content'), fingerprint: hashOf('samples') }
const CHANGED: FileHash = {
  kind: 'none',
  why: 'it changed since it was read: open it again',
  fingerprint: hashOf('samples'),
}

/** The frame, as far as it is about hashes and links. */
function Frame(): ReactNode {
  const admission = useCaptureLink()
  const files = useCapture()?.overview.files ?? []
  const [view] = useView()
  const link = useCopyLink()
  return (
    <>
      <p>admission {admission ?? 'none'}</p>
      <button type="button" onClick={() => link.copy(view)}>
        Copy link
      </button>
      {files.map((file) => (
        <FileHashText key={file.index} file={file} />
      ))}
      {admission === 'not_known_yet' && view.capture && (
        <CheckingScreen asked={view.capture} files={files} onOpenAnyway={() => undefined} />
      )}
      {link.waitingFor && <WaitingLink file={link.waitingFor} onClose={link.close} />}
      {link.shown && <CopiedLink {...link.shown} onClose={link.close} />}
    </>
  )
}

interface Stage {
  readonly connection: FakeConnection
  readonly history: ReturnType<typeof createMemoryHistory>
  readonly tell: (bytesDone: number) => Promise<void>
  /** Lets hashing end. */
  readonly hash: (hash: FileHash) => Promise<void>
}

/** A large file, opened at a link. */
async function stage(href = '/files'): Promise<Stage> {
  const connection = new FakeConnection()
  let resolve: (files: OverviewAnswer['files']) => void = () => undefined
  connection.hashed = new Promise((done) => (resolve = done))
  const store = new CaptureStore(connection)
  const history = createMemoryHistory({ initialEntries: [href] })
  render(
    <MantineProvider env="test">
      <CaptureStoreContext value={store}>
        <RouterProvider router={createAppRouter(Frame, history)} />
      </CaptureStoreContext>
    </MantineProvider>,
  )
  await screen.findByText(/^admission/)
  const fileOf = (hash: FileHash) => fileAnswer('big.txt', { sizeBytes: 900, hash })
  await act(async () => {
    void store.open([new File([''], 'big.txt')], 'instead')
    await settle()
    await connection.loads[0].finish({ ok: true, overview: overviewOf([fileOf(PUT_OFF)]) })
  })
  expect(captureOf(store.state())).toBeDefined()
  const hash = (known: FileHash) =>
    act(async () => {
      resolve([fileOf(known)])
      await settle()
    })
  const tell = (bytesDone: number) =>
    act(async () => connection.tellHashing({ file: 0, fileName: 'big.txt', bytesDone, bytesTotal: 900 }))
  return { connection, history, hash, tell }
}

const press = (name: string): Promise<void> =>
  act(async () => {
    fireEvent.click(screen.getByRole('button', { name }))
    await settle()
  })

test('the files say how far hashing is in bytes, and then the hash', async () => {
  const { tell, hash, connection } = await stage()
  expect(screen.getByText(/hashing… 0 of 900 bytes/)).toBeDefined()
  await tell(450)
  expect(screen.getByText(/hashing… 450 of 900 bytes/)).toBeDefined()
  await press('Stop')
  expect(connection.steered).toEqual(['stop'])
  await hash(PUT_OFF)
  expect(screen.getByText(/hashing was stopped at 450 of 900 bytes/)).toBeDefined()
  connection.hashed = Promise.resolve([fileAnswer('big.txt', { hash: KNOWN })])
  await press('Go on')
  expect(screen.getByText(hashOf('content'))).toBeDefined()
})

test('the files say why there is no hash', async () => {
  const { hash } = await stage()
  await hash(CHANGED)
  expect(screen.getByText('none: it changed since it was read: open it again')).toBeDefined()
})

test('the address names the samples first, and the hash when it is known', async () => {
  const { history, hash } = await stage()
  expect(history.location.href).toContain(`f=big.txt~samples-${hashOf('samples').slice(0, 16)}`)
  await hash(KNOWN)
  expect(history.location.href).toContain(`f=big.txt~${hashOf('content').slice(0, 16)}`)
})

test('a link that is copied too early waits in sight, and is copied with the hash', async () => {
  const { connection, tell, hash } = await stage()
  await press('Copy link')
  expect(connection.steered).toEqual(['now'])
  await tell(450)
  const dialog = screen.getByRole('dialog', { name: 'The link comes in a moment' })
  expect(dialog.textContent).toContain('hashing… 450 of 900 bytes')
  await hash(KNOWN)
  expect(screen.queryByText('The link comes in a moment')).toBeNull()
  const link = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Link to this view' })
  expect(link.value).toContain(`f=big.txt~${hashOf('content').slice(0, 16)}`)
})

test('who does not wait gets no link later', async () => {
  const { hash } = await stage()
  await press('Copy link')
  await press('Do not wait')
  await hash(KNOWN)
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('a link to a file without a hash says that it is not sure', async () => {
  const { hash } = await stage()
  await press('Copy link')
  await hash(CHANGED)
  expect(screen.getByRole('dialog').textContent).toContain('by size and samples alone')
})

test.each([
  ['is shown when it is the file', KNOWN, 'same'],
  ['is refused when it is another', { ...KNOWN, sha256: hashOf('other') }, 'other_file'],
] as const)('a file that came for a link is held back until it is hashed, and %s', async (_, known, admission) => {
  const { connection, tell, hash } = await stage(`/pfn?v=1&f=asked.txt~${hashOf('content').slice(0, 16)}&pfn=0x100`)
  expect(screen.getByText('admission not_known_yet')).toBeDefined()
  expect(connection.steered).toEqual(['now'])
  await tell(300)
  expect(screen.getByRole('status', { name: 'Hashing' }).textContent).toContain('300 of 900 bytes')
  expect(screen.getByRole('heading').textContent).toContain('asked.txt')
  await hash(known)
  expect(screen.getByText(`admission ${admission}`)).toBeDefined()
})
