import { Fragment, type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { useView } from '../../../state/use-view.ts'

/** Pages to go to, one button each. */
export function PfnButtons({ pfns }: { readonly pfns: readonly number[] }): ReactNode {
  const [, setView] = useView()
  return pfns.map((pfn, position) => (
    <Fragment key={pfn}>
      {position > 0 && ' '}
      <button
        type="button"
        className="link-button data"
        onClick={() => setView({ pfn, lifetime: undefined, from: undefined, to: undefined, event: undefined })}
      >
        {formatPfn(pfn)}
      </button>
    </Fragment>
  ))
}
