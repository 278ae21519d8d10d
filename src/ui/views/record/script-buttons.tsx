import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { addressBeside } from '../../../state/carried-files.ts'
import { KeyHint } from '../../widgets/key-hint.tsx'
import styles from './record-view.module.css'

interface ScriptButtonsProps {
  readonly script: string
  /** What became of copying. */
  readonly said: string
  readonly onCopy: () => void
}

/** All steps as one script, and the script for all cases that comes with the page. */
export function ScriptButtons({ script, said, onCopy }: ScriptButtonsProps): ReactNode {
  return (
    <div className={styles.buttons}>
      <Button size="compact-sm" onClick={onCopy}>
        Copy the script
      </Button>
      <KeyHint keys={['C']} />
      <Button size="compact-sm" variant="default" onClick={() => save(script)}>
        Save the script
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        component="a"
        href={addressBeside('pinscope-record.sh')}
        download="pinscope-record.sh"
        title="One shell script for every case: it looks what the kernel has, records, and packs the files; -h lists its options"
      >
        Save pinscope-record.sh
      </Button>
      <output>{said}</output>
    </div>
  )
}

function save(script: string): void {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/x-shellscript' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'record.sh'
  link.click()
  URL.revokeObjectURL(address)
}
