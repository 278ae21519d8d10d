import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/theme/mantine-styles.ts'
import './ui/theme/tokens.css'
import './ui/theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { carryWorkers } from './bridge/carried-worker.ts'
import { connect } from './bridge/connect.ts'
import { trustOwnScripts } from './bridge/trusted-scripts.ts'
import { carriedWorkerAddress, isReport } from './state/carried-files.ts'
import { reportHash } from './state/use-report.ts'

trustOwnScripts()
const root = document.getElementById('root')
if (!root) throw new Error('broken promise: index.html has no #root')
const workers = carriedWorkerAddress()
if (workers !== undefined) carryWorkers(workers)
const report = isReport() ? (await import('./state/embedded.ts')).openedReport() : undefined
// A link into the report wins over the view that it opens on.
if (report !== undefined && window.location.hash === '') window.history.replaceState(undefined, '', reportHash(report))
createRoot(root).render(
  <StrictMode>
    <App connection={connect()} report={report} />
  </StrictMode>,
)
