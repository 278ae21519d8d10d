import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Connection } from './bridge/connect.ts'
import { CaptureStore } from './state/capture-store.ts'
import { createAppRouter } from './state/router.ts'
import { createQueryClient } from './state/use-query.ts'
import { CaptureStoreContext } from './state/use-trace.ts'
import { Shell } from './ui/shell/shell.tsx'
import { cssVariables, theme } from './ui/theme/mantine-theme.ts'

interface AppProps {
  readonly connection: Pick<Connection, 'api' | 'cancel' | 'indexes'>
  readonly history?: Parameters<typeof createAppRouter>[1]
}

/** The page with everything that it stands on. One connection, one store, one router for its whole life. */
export function App({ connection, history }: AppProps): ReactNode {
  const [store] = useState(() => new CaptureStore(connection))
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(Shell, history))
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <CaptureStoreContext value={store}>
          <RouterProvider router={router} />
        </CaptureStoreContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
