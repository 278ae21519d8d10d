import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { connect } from './bridge/connect.ts'
import { CapturePair, type CaptureConnection } from './state/capture-pair.ts'
import { createAppRouter } from './state/router.ts'
import { CapturePairContext } from './state/use-captures.ts'
import { type OpenedReport, ReportContext } from './state/use-report.ts'
import { createQueryClient } from './state/use-query.ts'
import { CaptureStoreContext } from './state/use-trace.ts'
import { Shell } from './ui/shell/shell.tsx'
import { cssVariables, theme } from './ui/theme/mantine-theme.ts'

interface AppProps {
  readonly connection: CaptureConnection
  /** Connects to a worker for a second capture, when one is opened. */
  readonly connectOther?: () => CaptureConnection
  /** What the page has in it, when it is a report. */
  readonly report?: OpenedReport
  readonly history?: Parameters<typeof createAppRouter>[1]
}

/** The page with everything that it stands on. One connection, one store, one router for its whole life. */
export function App({ connection, connectOther = () => connect(), report, history }: AppProps): ReactNode {
  const [pair] = useState(() => new CapturePair(connection, connectOther))
  const { a } = useSyncExternalStore(pair.subscribe, pair.state)
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(Shell, history))
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <CapturePairContext value={pair}>
          <CaptureStoreContext value={a}>
            <ReportContext value={report}>
              <RouterProvider router={router} />
            </ReportContext>
          </CaptureStoreContext>
        </CapturePairContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
