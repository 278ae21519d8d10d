import { type FileHash } from '../model/file-hash.ts'
import { fileOfRef } from './capture-ref.ts'
import { formatPlace, parsePlace } from './place-in-link.ts'
import { type ViewState } from './view-state.ts'

/** The files that are open. */
type Files = readonly { readonly name: string; readonly sizeBytes: number; readonly hash: FileHash }[]

/** A file by the first digits of its hash, where its name is that of the link's file and it is not. */
const BY_HASH = /^~([0-9a-f]{16})$/
const DIGITS = 16

/** The view with its event at the name that its file was opened by: a link's file is known by its content. */
export function withEventHere(view: ViewState, files: Files): ViewState {
  return renamed(view, files, (name, linked, own) => {
    const hash = BY_HASH.exec(name)?.[1]
    if (hash !== undefined) return files.find((file) => hashOf(file) === hash)?.name ?? name
    return name === linked ? own : name
  })
}

/** The inverse of `withEventHere`: the event at the name that the link has for its file, so that others find it too. */
export function withEventAsLinked(view: ViewState, files: Files): ViewState {
  return renamed(view, files, (name, linked, own) => {
    if (name === own) return linked
    const hash = name === linked ? hashOf(files.find((file) => file.name === name)) : undefined
    return hash === undefined ? name : `~${hash}`
  })
}

type Rename = (name: string, linked: string, own: string) => string

function renamed(view: ViewState, files: Files, rename: Rename): ViewState {
  const { capture } = view
  const place = parsePlace(view.event)
  const own = capture && fileOfRef(capture, files)
  if (place === undefined || capture === undefined || own === undefined) return view
  const fileName = rename(place.fileName, capture.fileName, own.name)
  return fileName === place.fileName ? view : { ...view, event: formatPlace({ ...place, fileName }) }
}

function hashOf(file: Files[number] | undefined): string | undefined {
  return file?.hash.kind === 'known' ? file.hash.sha256.slice(0, DIGITS) : undefined
}
