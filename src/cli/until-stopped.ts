const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ends at Ctrl+C, or when the process is asked to end. Never rejects. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.off(signal, stop)
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
}
