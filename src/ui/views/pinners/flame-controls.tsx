import { SegmentedControl } from '@mantine/core'
import { type ReactNode } from 'react'
import { type FlameAnswer } from '../../../queries/flame/flame.ts'
import { FLAME_AREAS, FLAME_INNERMOST, FLAME_ORDERS } from '../../../state/links/flame-link.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import styles from './flame-view.module.css'
import { AREA_WORDS } from './flame-words.ts'
import { foundWords } from './flame-found.ts'
import { NO_PATH } from './use-pinner-keys.ts'

interface FlameControlsProps {
  readonly answer: FlameAnswer | undefined
}

const ORDER_LABELS = { callers: 'callers', leaves: 'leaves' } as const
const INNERMOST_LABELS = { holder: 'holder', helper: 'helpers', tracepoint: 'tracepoint' } as const

/** How stacks are drawn: root, area, innermost frame, what is merged; and the search. */
export function FlameControls({ answer }: FlameControlsProps): ReactNode {
  const [view, setView] = useView()
  const replace = { replace: true }
  return (
    <div className={styles.controls}>
      <Choice
        label="root"
        keyName="s"
        title="Which end of the stacks is the root: the outermost caller, or the function that took the reference (inverted)"
        value={view.flameOrder ?? 'callers'}
        values={FLAME_ORDERS}
        labelOf={(value) => ORDER_LABELS[value]}
        onChoose={(flameOrder) =>
          setView({ flameOrder: flameOrder === 'callers' ? undefined : flameOrder, ...NO_PATH }, replace)
        }
      />
      <Choice
        label="area by"
        keyName="a"
        title={AREA_WORDS[view.flameArea ?? 'holds'].title}
        value={view.flameArea ?? 'holds'}
        values={FLAME_AREAS}
        labelOf={(value) => AREA_WORDS[value].name}
        onChoose={(area) => setView({ flameArea: area === 'holds' ? undefined : area }, replace)}
      />
      <Choice
        label="down to"
        keyName="e"
        title="Innermost frame that is drawn: the holder’s, the generic helpers it called (get_page, pin_user_pages), or the tracepoint’s own"
        value={view.flameInnermost ?? 'helper'}
        values={FLAME_INNERMOST}
        labelOf={(value) => INNERMOST_LABELS[value]}
        onChoose={(found) => setView({ flameInnermost: found === 'helper' ? undefined : found, ...NO_PATH }, replace)}
      />
      <Switch
        name="recursion as one"
        keyName="r"
        title="A function that calls itself is one frame"
        isOn={view.flameRecursion === true}
        onToggle={(isOn) => setView({ flameRecursion: isOn ? true : undefined, ...NO_PATH }, replace)}
      />
      <Switch
        name="modules as one"
        keyName="m"
        title="Frames in a row of one module are one frame, [module]"
        isOn={view.flameModules === true}
        onToggle={(isOn) => setView({ flameModules: isOn ? true : undefined, ...NO_PATH }, replace)}
      />
      <Switch
        name="root at the bottom"
        keyName="u"
        title="A flame, which grows upwards, instead of an icicle"
        isOn={view.isFlameUpright === true}
        onToggle={(isOn) => setView({ isFlameUpright: isOn ? true : undefined }, replace)}
      />
      <span data-flame-find className={styles.search}>
        <DraftInput
          label="find frames"
          placeholder="text, or /regex/   f"
          widthChars={20}
          value={view.flameSearch ?? ''}
          onCommit={(text) => setView({ flameSearch: text === '' ? undefined : text }, replace)}
        />
        <output className={styles.found}>{foundWords(answer?.found)}</output>
      </span>
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly keyName: string
  readonly title: string
  readonly value: Value
  readonly values: readonly Value[]
  readonly labelOf: (value: Value) => string
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends string>({ label, keyName, title, value, values, ...of }: ChoiceProps<Value>): ReactNode {
  return (
    <span className={styles.choice} title={`${title}  ${keyName}`}>
      <span aria-hidden="true">{label}</span>
      <SegmentedControl
        size="xs"
        name={`flame-${keyName}`}
        aria-label={`${label} (${keyName})`}
        withItemsBorders={false}
        transitionDuration={0}
        value={value}
        data={values.map((entry) => ({ value: entry, label: of.labelOf(entry) }))}
        onChange={(chosen) => of.onChoose(values.find((entry) => entry === chosen) ?? value)}
      />
    </span>
  )
}

interface SwitchProps {
  readonly name: string
  readonly keyName: string
  readonly title: string
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
}

function Switch({ name, keyName, title, isOn, onToggle }: SwitchProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.switch}
      aria-pressed={isOn}
      title={`${title}  ${keyName}`}
      onClick={() => onToggle(!isOn)}
    >
      <span aria-hidden="true">{isOn ? '☑' : '☐'}</span> {name}
    </button>
  )
}
