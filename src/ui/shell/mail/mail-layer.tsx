import { lazy, type ReactNode, Suspense, useState } from 'react'
import { subjectNow } from '../../../state/session-subject.ts'
import { useView } from '../../../state/use-view.ts'
import { MAIL_KEYS } from './mail-keys.ts'
import { ViewBoundary } from '../view-boundary.tsx'
import { useViewShortcuts } from '../view-shortcuts.ts'
import { type MailAbout, mailAboutOf } from './mail-about.ts'

const MailDialog = lazy(async () => ({ default: (await import('./mail-dialog.tsx')).MailDialog }))

/** The keys that write the finding that is shown as text, and the dialog that shows it, which loads when it is asked for. */
export function MailLayer(): ReactNode {
  const [view] = useView()
  const [over, setOver] = useState<{ readonly about: MailAbout; readonly format: string }>()
  useViewShortcuts(MAIL_KEYS, (format) => setOver({ about: mailAboutOf(view, subjectNow()), format }))
  if (over === undefined) return null
  return (
    <ViewBoundary>
      <Suspense fallback={null}>
        <MailDialog {...over} onClose={() => setOver(undefined)} />
      </Suspense>
    </ViewBoundary>
  )
}
