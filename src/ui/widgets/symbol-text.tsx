import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

/** A symbol as printed, its offset and module quieter than its name: `leaky_ioctl` `+0x1a/0x60 [leaky]`. */
export function SymbolText({ text }: { readonly text: string }): ReactNode {
  const end = /[+ ]/.exec(text)?.index ?? text.length
  return (
    <>
      {text.slice(0, end)}
      {end < text.length && <span className={styles.dim}>{text.slice(end)}</span>}
    </>
  )
}
