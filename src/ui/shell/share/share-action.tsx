import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { bytesOfBase64 } from '../../../state/base64.ts'
import { isLocalPage, LOCAL_LINK_WORDS } from '../../../state/link-address.ts'
import { embedFiles, madeFrom, madeNow, REPORT_NAME, writeReportFile } from '../../../state/report-file.ts'
import { type SessionFile } from '../../../session/session-file.ts'
import { shownOf } from '../../../state/use-query.ts'
import { useCaptureStore } from '../../../state/use-trace.ts'
import { copyOrSave, saveFile } from '../../widgets/copy-out.ts'
import { saidAlong } from './said-along.ts'
import { type Shared } from './share-dialog.tsx'
import styles from './share-dialog.module.css'
import { isOfSlice, isText, type ShareKind } from './share-kinds.ts'
import { addressOf, carryingAddress, MOST_SHARED_CHARACTERS } from './share-size.ts'

interface ShareActionProps {
  readonly kind: ShareKind
  readonly shared: Shared
  readonly onKind: (kind: ShareKind) => void
}

/** The one button of a kind, and what became of it. */
export function ShareAction({ kind, shared, onKind }: ShareActionProps): ReactNode {
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const store = useCaptureStore()
  const take = async (): Promise<void> => {
    setBusy(true)
    const outcome = await takeOf(kind, shared, () => store.files()).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    )
    setBusy(false)
    setSaid(outcome)
  }
  const why = refusalOf(kind, shared)
  return (
    <div className={styles.action}>
      <Button size="compact-md" disabled={why !== '' || isBusy} onClick={() => void take()}>
        {LABELS[kind]}
      </Button>
      <output>{why === '' ? said : why}</output>
      {isTooLong(kind, shared) && (
        <button type="button" className="link-button" onClick={() => onKind('slice')}>
          Take the slice file
        </button>
      )}
    </div>
  )
}

const LABELS: Readonly<Record<ShareKind, string>> = {
  link: 'Copy the link',
  carrying: 'Copy the self-contained link',
  slice: 'Save the slice file',
  report: 'Save the report',
  whole: 'Save the report',
  text: 'Copy the mail text',
  markdown: 'Copy the Markdown',
  json: 'Copy the JSON',
}

const SLICE_NAME = 'pinscope-slice'

/** Why it cannot be taken now, in words; empty when it can. */
function refusalOf(kind: ShareKind, shared: Shared): string {
  const { slice, text } = shared
  if (isOfSlice(kind)) {
    const made = shownOf(slice)
    if (slice.status === 'failed') return slice.error.message
    if (slice.status === 'pending' || made === undefined) return 'Gathering the lines…'
    if (!made.found) return 'This capture has no such range.'
    if (made.problem !== '') return `It could not be read again: ${made.problem}`
  }
  if (isTooLong(kind, shared))
    return `Too long for a link: ${carryingAddress(shared)?.length} characters, and mail programs and chats take ${MOST_SHARED_CHARACTERS}. Save the slice file or the report of the slice instead.`
  if (isText(kind)) {
    if (text.problem !== '') return text.problem
    if (text.text === undefined || text.kind !== kind) return 'Writing it…'
  }
  return ''
}

function isTooLong(kind: ShareKind, shared: Shared): boolean {
  return kind === 'carrying' && (carryingAddress(shared)?.length ?? 0) > MOST_SHARED_CHARACTERS
}

/** Does it, and says what became of it. */
async function takeOf(kind: ShareKind, shared: Shared, filesOf: () => readonly File[]): Promise<string> {
  const made = shownOf(shared.slice)
  switch (kind) {
    case 'link':
      return withLocalWords(await copied(addressOf(shared.link), 'pinscope-link.txt'))
    case 'carrying':
      return withLocalWords(await copied(carryingAddress(shared) ?? '', 'pinscope-link.txt'))
    case 'slice':
      if (made?.found !== true) return ''
      saveFile(new Blob([bytesOfBase64(made.gz)], { type: 'application/gzip' }), `${sliceName(shared)}.gz`)
      return `Saved as ${sliceName(shared)}.gz.`
    case 'report':
      if (made?.found !== true) return ''
      return saveReport(
        made.slice.link,
        [{ name: sliceName(shared), gz: made.gz }],
        made.slice.files,
        saidAlong(kind, shared),
      )
    case 'whole': {
      const files = filesOf().map((file) => ({ name: file.name, bytes: file }))
      const { files: opened } = shared.capture.overview
      return saveReport(shared.link, await embedFiles(files), madeFrom(opened), saidAlong(kind, shared))
    }
    default: {
      return copied(shared.text.text ?? '', `pinscope-finding.${EXTENSIONS[kind]}`)
    }
  }
}

const EXTENSIONS = { text: 'txt', markdown: 'md', json: 'json' } as const

async function copied(text: string, name: string): Promise<string> {
  const outcome = await copyOrSave(text, name, 'text/plain')
  return outcome === 'copied'
    ? 'It is on the clipboard.'
    : `The browser lets no page write to the clipboard: saved as ${name}.`
}

function withLocalWords(said: string): string {
  return isLocalPage() ? `${said} ${LOCAL_LINK_WORDS}` : said
}

async function saveReport(
  link: string,
  files: Parameters<typeof writeReportFile>[0]['files'],
  from: Parameters<typeof madeNow>[0],
  said?: SessionFile,
): Promise<string> {
  const session = said === undefined ? {} : { session: said }
  const page = await writeReportFile({ pinscope: 'embedded', version: 1, link, made: madeNow(from), files, ...session })
  saveFile(page, REPORT_NAME)
  return `Saved as ${REPORT_NAME}, ${page.size} bytes.`
}

function sliceName({ about }: Shared): string {
  return `${about?.kind === 'page' ? about.pfn : 'range'}.${SLICE_NAME}.json`
}
