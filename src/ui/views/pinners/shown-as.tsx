import { SegmentedControl } from '@mantine/core'
import { type ReactNode } from 'react'
import { useView } from '../../../state/use-view.ts'

const CHOICES = [
  { value: 'table', label: 'Table' },
  { value: 'flame', label: 'Flame' },
]

/** The same holds as a table or as a flame graph; `v` takes the other. */
export function ShownAs(): ReactNode {
  const [view, setView] = useView()
  return (
    <SegmentedControl
      size="xs"
      name="shown-as"
      aria-label="Shown as (v)"
      title="Table or flame graph of the same holds  v"
      withItemsBorders={false}
      transitionDuration={0}
      value={view.isFlame ? 'flame' : 'table'}
      data={CHOICES}
      onChange={(value) => setView({ isFlame: value === 'flame' ? true : undefined })}
    />
  )
}
