import { type OverviewAnswer } from '../queries/overview.ts'
import { type CaptureRef, captureRefOf, isAdmitted, judgeAdmission, mainFileOf } from './capture-ref.ts'

/** What a link to these files names, or the file that has to be hashed before it can. */
export type LinkedCapture =
  | { readonly status: 'named'; readonly capture: CaptureRef | undefined }
  | { readonly status: 'waiting'; readonly file: OverviewAnswer['files'][number] }

/** `asked`: what the link of this moment names, which is kept where it says which file it is about, or is about another. */
export function linkedCaptureOf(asked: CaptureRef | undefined, files: OverviewAnswer['files']): LinkedCapture {
  if (asked !== undefined && (asked.isSampled !== true || !isAdmitted(judgeAdmission(asked, files))))
    return { status: 'named', capture: asked }
  const main = mainFileOf(files)
  if (main?.hash.kind === 'put_off') return { status: 'waiting', file: main }
  return { status: 'named', capture: captureRefOf(files) }
}
