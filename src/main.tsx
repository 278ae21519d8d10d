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
import { carriedWorkerAddress } from './state/carried-files.ts'

const root = document.getElementById('root')
if (!root) throw new Error('broken promise: index.html has no #root')
const workers = carriedWorkerAddress()
if (workers !== undefined) carryWorkers(workers)
createRoot(root).render(
  <StrictMode>
    <App connection={connect()} />
  </StrictMode>,
)
