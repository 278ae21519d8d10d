import { Button, FileButton } from '@mantine/core'
import { type ReactNode } from 'react'
import { type GivenRules } from '../../../state/capture-store.ts'
import { type RulesAnswer } from '../../../queries/rules-answer.ts'

interface RulesShareProps {
  readonly rules: RulesAnswer
  readonly apply: (given: GivenRules, name?: string) => Promise<boolean>
}

/** Rules of a person as a file, out and in; and the way back to pinscope's own. */
export function RulesShare({ rules, apply }: RulesShareProps): ReactNode {
  const isOwn = rules.hash !== ''
  const merge = async (file: File | null): Promise<void> => {
    if (file !== null) await apply({ how: 'merge', text: await file.text() }, file.name)
  }
  return (
    <>
      <FileButton accept="application/json,.json" onChange={(file) => void merge(file)}>
        {(props) => (
          <Button {...props} size="compact-sm" variant="default" title="Its rules are merged into those in force">
            Open a rule file
          </Button>
        )}
      </FileButton>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!isOwn}
        title="What you changed alone, as a small file for others"
        onClick={() => save(rules.ownText, `pinscope-rules-${rules.hash}.json`)}
      >
        Save yours as a file
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!isOwn}
        onClick={() => void apply({ how: 'instead', text: '' })}
      >
        Use the rules of pinscope
      </Button>
    </>
  )
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
