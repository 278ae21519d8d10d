import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type PairAnswer, type RulesAnswer } from '../../../queries/rules-answer.ts'
import { type GivenRules } from '../../../state/capture-store.ts'
import { PairDetail } from './pair-detail.tsx'
import { PairList } from './pair-list.tsx'
import styles from './rules-dialog.module.css'

interface PairBookProps {
  readonly pairs: RulesAnswer['pairs']
  readonly apply: (given: GivenRules) => Promise<boolean>
}

/** All known pairs in their order, beside the one that is read. A person's own come from rule files, or are written as text. */
export function PairBook({ pairs, apply }: PairBookProps): ReactNode {
  const [chosenId, setChosenId] = useState(pairs[0].id)
  const chosen = pairs.find(({ id }) => id === chosenId) ?? pairs[0]
  return (
    <div className={styles.book}>
      <div className={styles.listed}>
        <PairList
          pairs={pairs}
          chosenId={chosen.id}
          onChoose={setChosenId}
          onSwitch={(id, isOff) => void apply({ how: 'switch', ids: [id], isOff })}
        />
      </div>
      <div className={styles.chosen}>
        <RemoveButton pair={chosen} onRemove={() => void apply({ how: 'remove', ids: [chosen.id] })} />
        <PairDetail pair={chosen} />
      </div>
    </div>
  )
}

function RemoveButton({ pair, onRemove }: { readonly pair: PairAnswer; readonly onRemove: () => void }): ReactNode {
  if (pair.origin === 'pinscope') return null
  return (
    <div className={styles.buttons}>
      <Button size="compact-sm" variant="default" onClick={onRemove}>
        {pair.origin === 'added' ? `Remove ${pair.id}` : `Take back ${pair.id} of pinscope`}
      </Button>
    </div>
  )
}
