import { counted } from '../../base/counted.ts'
import { type ReactNode } from 'react'
import { formatShare } from '../../base/share.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type RuleMark } from '../../state/capture-store.ts'
import { useView } from '../../state/use-view.ts'
import { type ViewState } from '../../state/view-state.ts'
import styles from './status-line.module.css'

interface Part {
  readonly text: string
  readonly about: string
  readonly isAlarming: boolean
  readonly destination: Partial<ViewState>
}

interface StatusLineProps {
  readonly overview: OverviewAnswer | undefined
  /** Rules of a person, when these are in force. */
  readonly rules?: RuleMark
  /** What a key has to say, until the next one. */
  readonly said?: string
  /** What is being read and how far it is, in words; absent when nothing is. */
  readonly reading?: string
}

/** One line that is always there: what was read, and what was not. Each part opens its list. */
export function StatusLine({ overview, rules, said = '', reading }: StatusLineProps): ReactNode {
  const [, setView] = useView()
  return (
    <footer className={`${styles.line} data`} aria-label="Status">
      <output className={styles.said}>{said}</output>
      {reading !== undefined && <span className={styles.reading}>{reading}</span>}
      {overview &&
        partsOf(overview, rules).map(({ text, about, isAlarming, destination }) => (
          <button
            key={about}
            type="button"
            className={styles.part}
            data-alarming={isAlarming}
            title={about}
            onClick={() => setView(destination)}
          >
            {text}
          </button>
        ))}
      {!overview && reading === undefined && (
        <span className={styles.quiet}>no file open · nothing leaves this machine</span>
      )}
    </footer>
  )
}

/** The parts of the line, in words. */
export function partsOf(overview: OverviewAnswer, rules?: RuleMark): readonly Part[] {
  const { files, events, lost, rejected, depot, hiddenHolds, isPairing } = overview
  const notRead = files.filter((file) => file.format === 'unknown' && file.excerpt?.shown !== 0).length
  return [
    {
      text: `${overview.slice === undefined ? '' : 'slice of '}${counted(files.length, 'file')}${notRead > 0 ? `, ${notRead} not read` : ''}`,
      about: 'What was opened',
      isAlarming: notRead > 0,
      destination: { view: 'files', section: 'files' },
    },
    {
      text: counted(events, 'event'),
      about: 'Events by name',
      isAlarming: false,
      destination: { view: 'files', section: 'events' },
    },
    {
      text: `lost ${lost.isAtLeast ? 'at least ' : ''}${lost.count}`,
      about: 'Events that the kernel says it lost',
      isAlarming: lost.count > 0 || lost.isAtLeast,
      destination: { view: 'files', section: 'lost' },
    },
    {
      text: `rejected ${rejected}`,
      about: 'Lines that could not be read',
      isAlarming: rejected > 0,
      destination: { view: 'files', section: 'rejected' },
    },
    {
      text: `depot ${counted(depot.distinct, 'stack')}${savedText(depot)}`,
      about: 'Stacks, each kept once',
      isAlarming: false,
      destination: { view: 'files', section: 'depot' },
    },
    {
      text: isPairing ? 'hidden holds not counted yet' : `${counted(hiddenHolds, 'hold')} hidden`,
      about: 'Holds that are balanced or that migration expects: show them among the pinners',
      isAlarming: false,
      destination: { view: 'pinners', includeExpected: true, filter: '' },
    },
    ...(rules === undefined ? [] : [rulesPart(rules)]),
  ]
}

function rulesPart({ hash, words, changed, off }: RuleMark): Part {
  return {
    text: `${words}, ${hash}`,
    about: `References are classed by rules of your own: ${changed} changed, ${off} off. Edit them among the pinners.`,
    isAlarming: true,
    destination: { view: 'pinners' },
  }
}

/** `, 97.1 % saved`; nothing when there is no text to save. */
function savedText({ textBytes, savedBytes }: OverviewAnswer['depot']): string {
  return textBytes > 0 ? `, ${formatShare(savedBytes, textBytes)} saved` : ''
}
