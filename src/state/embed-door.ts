import { type OverviewAnswer } from '../queries/overview.ts'
import {
  captureRefOf,
  type CaptureRef,
  identityWords,
  isAdmitted,
  judgeAdmission,
  mainFileOf,
  refWords,
} from './capture-ref.ts'
import { captureOf, type CaptureStore } from './capture-store.ts'
import { EMBED_PROTOCOL, type EmbedMessage, idOf, isForPinscope, readEmbedMessage } from './embed-message.ts'
import { readLinkText } from './link-text.ts'
import { isLinkName, type LinkTrouble, readView, type ViewState } from './view-state.ts'

/** What the door needs of the page. */
export interface EmbedPage {
  readonly store: Pick<CaptureStore, 'open' | 'state'>
  /** Origins that a person allowed. */
  readonly allowed: () => readonly string[]
  readonly version: string
  /** What is looked at now, and how to look at something else. */
  readonly view: () => ViewState
  readonly go: (view: ViewState) => void
  /** The link to a state, from its `#` on, and with the address of the page before it. */
  readonly linkTo: (view: ViewState) => string
  readonly addressOf: (link: string) => string
  readonly onRefused: (origin: string) => void
}

/** A message as the browser hands it over. */
export interface EmbedEvent {
  readonly data: unknown
  readonly origin: string
  readonly reply: (answer: EmbedAnswer, origin: string) => void
}

/** What the page says back. `ok: false` comes with a sentence. */
export type EmbedAnswer = Readonly<Record<string, unknown>> & { readonly pinscope: string }

/**
 * The door for a page that pinscope is embedded in, or that has opened it. It answers allowed origins alone; to any other the page
 * might as well not be there.
 */
export class EmbedDoor {
  readonly #page: EmbedPage
  /** Files are opened one message after the other. */
  #opening: Promise<void> = Promise.resolve()

  constructor(page: EmbedPage) {
    this.#page = page
  }

  /** Takes one message. Never rejects. */
  async take({ data, origin, reply }: EmbedEvent): Promise<void> {
    if (!isForPinscope(data)) return
    if (origin === 'null' || !this.#page.allowed().includes(origin)) return this.#page.onRefused(origin)
    const message = readEmbedMessage(data)
    if (message === undefined) return
    const say = (answer: EmbedAnswer): void => reply(withoutAbsent({ ...answer, id: idOf(data) }), origin)
    if ('problem' in message) return say({ pinscope: 'refused', ok: false, problem: message.problem })
    if (message.pinscope === 'ping') return say(this.#pong())
    try {
      say(message.pinscope === 'go' ? this.#go(message.link) : await this.#inTurn(message))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      say({ pinscope: 'refused', ok: false, problem: `pinscope could not do it: ${why}` })
    }
  }

  /** Opens when what came before is open, or has failed. */
  #inTurn(message: Extract<EmbedMessage, { pinscope: 'open' }>): Promise<EmbedAnswer> {
    const opened = this.#opening.then(() => this.#open(message))
    this.#opening = opened.then(
      () => undefined,
      () => undefined, // told to who asked
    )
    return opened
  }

  #pong(): EmbedAnswer {
    const { version, view, linkTo } = this.#page
    return { pinscope: 'pong', version, protocol: EMBED_PROTOCOL, link: linkTo(view()) }
  }

  #go(link: string): EmbedAnswer {
    const { view, trouble } = readLink(link)
    const capture = captureOf(this.#page.store.state())
    const problem = view.capture && capture && problemOf(view.capture, capture.overview.files)
    if (problem !== undefined) return { pinscope: 'state', ok: false, problem }
    const shown = { ...view, capture: view.capture ?? this.#page.view().capture }
    this.#page.go(shown)
    return { pinscope: 'state', ok: true, ...this.#where(shown), ...told(trouble) }
  }

  async #open({ files, link }: Extract<EmbedMessage, { pinscope: 'open' }>): Promise<EmbedAnswer> {
    const { store, go } = this.#page
    const asked = link === undefined ? undefined : readLink(link)
    const before = captureOf(store.state())?.reading
    // A link that names no file is of what comes: before, it would become one of what is open, and be forgotten with that.
    if (asked?.view.capture !== undefined) go({ ...asked.view, slice: undefined })
    await store.open(
      files.map(({ name, buffer }) => new File([buffer], name)),
      'instead',
    )
    const state = store.state()
    const capture = captureOf(state)
    if (state.status === 'failed') return { pinscope: 'opened', ok: false, problem: state.problem.message }
    if (capture === undefined || capture.reading === before)
      return { pinscope: 'opened', ok: false, problem: 'a person stopped it, or opened something else' }
    const { files: opened } = capture.overview
    const problem = asked?.view.capture && problemOf(asked.view.capture, opened)
    if (problem !== undefined) return { pinscope: 'opened', ok: false, problem }
    const view = { ...(asked?.view ?? this.#page.view()), slice: undefined, capture: captureRefOf(opened) }
    if (asked !== undefined && asked.view.capture === undefined) go(view)
    return {
      pinscope: 'opened',
      ok: true,
      ...this.#where(view),
      files: opened.map(fileOf),
      ...(asked && told(asked.trouble)),
    }
  }

  #where(view: ViewState): { readonly link: string; readonly permalink: string } {
    const link = this.#page.linkTo(view)
    return { link, permalink: this.#page.addressOf(link) }
  }
}

function readLink(link: string): ReturnType<typeof readView> {
  const text = link.replace(/^#/, '')
  const at = text.indexOf('?')
  return at < 0 ? readView(text, {}) : readView(text.slice(0, at), readLinkText(text.slice(at), isLinkName))
}

/** Why what is open is not what a link is about. */
function problemOf(asked: CaptureRef, files: OverviewAnswer['files']): string | undefined {
  const admission = judgeAdmission(asked, files)
  if (isAdmitted(admission) || admission === 'not_known_yet') return undefined
  const main = mainFileOf(files)
  return `the link is about ${refWords(asked)}; open is ${main === undefined ? 'no readable file' : identityWords(main)}`
}

function told({ unread, isCut }: LinkTrouble): object {
  return { ...(unread.length > 0 ? { unread } : {}), ...(isCut ? { isCut } : {}) }
}

function fileOf({ name, sizeBytes, hash, ledger, format }: OverviewAnswer['files'][number]): object {
  return { name, sizeBytes, format, lines: ledger, ...(hash.kind === 'known' ? { sha256: hash.sha256 } : {}) }
}

function withoutAbsent(answer: EmbedAnswer): EmbedAnswer {
  return {
    ...Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)),
    pinscope: answer.pinscope,
  }
}
