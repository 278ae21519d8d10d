import { type UserConfig } from 'vite'

/** The sources as the page of the product is built from them, workers included; without a screen. */
const config: UserConfig = {
  root: import.meta.dirname,
  base: './',
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
}

export default config
