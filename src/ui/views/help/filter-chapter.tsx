import { type ReactNode } from 'react'
import { FILTER_FIELDS, FILTER_SYNTAX, type FilterFieldDoc } from '../../../base/filter-docs.ts'
import styles from './help-view.module.css'

const FIELDS: readonly FilterFieldDoc[] = FILTER_FIELDS

/** The language of the filter on Events, from the same data that its parser and its completion read. */
export function FilterChapter(): ReactNode {
  return (
    <>
      <p>
        Events are filtered with terms: a field, a colon, a value. The same filter is the CLI’s. What the capture does
        not tell of an event is unknown: such an event matches neither a term nor its opposite, and the bar counts how
        many there are.
      </p>
      <h3>How terms are written and joined</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">written</th>
            <th scope="col">for example</th>
            <th scope="col">means</th>
          </tr>
        </thead>
        <tbody>
          {FILTER_SYNTAX.map(({ what, example, about }) => (
            <tr key={what}>
              <th scope="row">
                <code>{what}</code>
              </th>
              <td>
                <code>{example}</code>
              </td>
              <td>{about}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>Fields</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col">for example</th>
            <th scope="col">asks</th>
            <th scope="col">where nothing tells</th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map(({ id, aliases, example, about, unknown, words }) => (
            <tr key={id}>
              <th scope="row">
                <code>{id}</code>
                {aliases.length > 0 && <span className={styles.dim}> or {aliases.join(', ')}</span>}
              </th>
              <td>
                <code>{example}</code>
              </td>
              <td>
                {about}
                {words && words.length > 0 && <span className={styles.dim}> One of {words.join(', ')}.</span>}
              </td>
              <td className={styles.dim}>{unknown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
