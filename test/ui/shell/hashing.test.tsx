import { MantineProvider } from '@mantine/core'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { type FileHash } from '../../../src/model/file-hash.ts'
import { type OverviewAnswer } from '../../../src/queries/overview.ts'
import { captureRefOf } from '../../../src/state/capture-ref.ts'
import { CaptureStore, captureOf } from '../../../src/state/capture-store.ts'
import { createAppRouter } from '../../../src/state/router.ts'
import { CaptureStoreContext, useCapture } from '../../../src/state/use-trace.ts'
import { useCaptureLink } from '../../../src/state/use-capture-link.ts'
import { useView } from '../../../src/state/use-view.ts'
import { CopiedLink } from '../../../src/ui/shell/copied-link.tsx'
import { CheckingScreen, UnknowableScreen } from '../../../src/ui/shell/link-screens.tsx'
import { useCopyLink } from '../../../src/ui/shell/use-copy-link.ts'
import { UncopiedLink } from '../../../src/ui/shell/uncopied-link.tsx'
import { WaitingLink } from '../../../src/ui/shell/waiting-link.tsx'
import { FileHashText } from '../../../src/ui/views/files/file-hash-text.tsx'
import { FakeConnection, fileAnswer, hashOf, loaded, overviewOf, settle } from '../../support/fake-trace-api.ts'

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
  const [view, setView] = useView()
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
      {admission === 'cannot_be_known' && view.capture && (
        <UnknowableScreen
          asked={view.capture}
          files={files}
          onOpenAnyway={() => undefined}
          onTakeAsAsked={() => setView({ capture: captureRefOf(files) })}
          onChooseFiles={() => undefined}
          onChooseFolder={() => undefined}
        />
      )}
      {link.replaced && <UncopiedLink file={link.replaced} onClose={link.close} />}
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
  /** Lets the worker end. */
  readonly end: () => Promise<void>
  readonly open: (name: string) => Promise<void>
}

/** A large file, opened at a link. */
async function stage(href = '/files'): Promise<Stage> {
  const connection = new FakeConnection()
  let resolve: (files?: OverviewAnswer['files']) => void = () => undefined
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
  const end = () =>
    act(async () => {
      resolve()
      await settle()
    })
  const open = (name: string) =>
    act(async () => {
      void store.open([new File([''], name)], 'instead')
      await settle()
      resolve() // a worker ends when what it read is replaced
      await connection.loads[1].finish(loaded(name))
    })
  return { connection, history, hash, tell, end, open }
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

test('a link is not copied when another file took the place of its own while it waited', async () => {
  const { open } = await stage('/pfn?v=1&pfn=0x100')
  await press('Copy link')
  await open('other.txt')
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('dialog', { name: 'No link was copied' }).textContent).toContain('big.txt')
  await press('Copy link')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toContain('f=other.txt~')
  expect(screen.queryByText('No link was copied')).toBeNull()
})

test('a link that was copied when hashing was stopped says that, and how to get a better one', async () => {
  const { hash } = await stage()
  await press('Copy link')
  await hash(PUT_OFF)
  expect(screen.getByRole('dialog').textContent).toContain('hashing was stopped')
})

test('when the worker ends it is said what happened, and nothing is offered that does nothing', async () => {
  const { end } = await stage()
  await press('Copy link')
  await end()
  expect(screen.getByRole('dialog').textContent).toContain('ended unexpectedly')
  expect(screen.getByText(/not hashed: .* Open the files again/)).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull()
})

test('a link that is opened beside its own keeps what it asks for', async () => {
  const { history, hash } = await stage()
  await hash(KNOWN)
  const asked = `/files?v=1&f=big.txt~${hashOf('content').slice(0, 16)}&set=12345678`
  await act(async () => {
    history.push(asked)
    await settle()
  })
  expect(screen.getByText('admission other_companions')).toBeDefined()
  expect(history.location.href).toBe(asked)
})

test('a file that a link may be about is held back with the reason, until a person says that it is the one', async () => {
  const { hash, history } = await stage(`/pfn?v=1&f=asked.txt~${hashOf('content').slice(0, 16)}&pfn=0x100`)
  await hash(CHANGED)
  expect(screen.getByText('admission cannot_be_known')).toBeDefined()
  expect(screen.getByRole('alert').textContent).toContain('big.txt: it has no hash: it changed since it was read')
  await press('It is the asked file: show the places of the link')
  expect(screen.getByText('admission same_samples')).toBeDefined()
  expect(history.location.href).toContain('pfn=0x100')
  expect(history.location.href).toContain('f=big.txt~samples-')
})
