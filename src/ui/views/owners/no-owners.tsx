import { type ReactNode } from 'react'
import { useView } from '../../../state/use-view.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'

/** Said where no file tells who allocated: what page_owner is, and how to get it. */
export function NoOwners(): ReactNode {
  const [, setView] = useView()
  return (
    <EmptyNote title="No page_owner dump in this capture.">
      <p>page_owner keeps, for every allocated page, who allocated it: stack, task, gfp mask and time.</p>
      <p>
        Boot with <code className="data">page_owner=on</code> (a kernel with CONFIG_PAGE_OWNER=y), then{' '}
        <code className="data">cat /sys/kernel/debug/page_owner &gt; page_owner.txt</code> and add the file; two or more
        of them are compared.
      </p>
      <p>
        <button type="button" className="link-button" onClick={() => setView({ view: 'record' })}>
          How to record it, step by step
        </button>
      </p>
    </EmptyNote>
  )
}
