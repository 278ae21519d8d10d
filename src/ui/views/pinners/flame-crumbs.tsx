import { type ReactNode } from 'react'
import { type FlameAnswer } from '../../../queries/flame/flame.ts'
import { useView } from '../../../state/use-view.ts'
import { toggledName } from './flame-question.ts'
import styles from './flame-view.module.css'
import { NO_PATH } from './use-pinner-keys.ts'

/** The way back from the focus, and what is folded or left out, each to be taken back. */
export function FlameCrumbs({ answer }: { readonly answer: FlameAnswer | undefined }): ReactNode {
  const [view, setView] = useView()
  const crumbs = answer?.crumbs ?? []
  const chips = [
    ...(view.flameCollapsed ?? []).map((name) => ({ key: 'flameCollapsed' as const, name, verb: 'folded' })),
    ...(view.flameHidden ?? []).map((name) => ({ key: 'flameHidden' as const, name, verb: 'left out' })),
  ]
  if (crumbs.length === 0 && chips.length === 0 && answer?.isFocusLost !== true) return undefined
  return (
    <div className={styles.crumbs}>
      {answer?.isFocusLost === true && (
        <p>The frame that was in focus is in none of these stacks any more: all are shown.</p>
      )}
      {crumbs.length > 0 && (
        <nav aria-label="Focus">
          <ol className={styles.path}>
            <li>
              <button
                type="button"
                className="link-button"
                title="Show all stacks; Backspace in the graph leads out one by one"
                onClick={() => setView({ flameFocus: undefined })}
              >
                all stacks
              </button>
            </li>
            {crumbs.map(({ id, name, text }, at) => (
              <li key={id}>
                {at === crumbs.length - 1 ? (
                  <span aria-current="location">
                    {name} {text}
                  </span>
                ) : (
                  <button
                    type="button"
                    className="link-button"
                    title={text}
                    onClick={() => setView({ flameFocus: id })}
                  >
                    {name}
                  </button>
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      {chips.map(({ key, name, verb }) => (
        <button
          key={`${key} ${name}`}
          type="button"
          className={styles.switch}
          title="Press to draw it again"
          onClick={() => setView({ [key]: toggledName(view[key], name), ...NO_PATH }, { replace: true })}
        >
          {verb}: {name} <span aria-hidden="true">×</span>
        </button>
      ))}
    </div>
  )
}
