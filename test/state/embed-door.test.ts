import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { captureRefOf } from '../../src/state/capture-ref.ts'
import { type Capture, type TraceState } from '../../src/state/capture-store.ts'
import { EmbedDoor } from '../../src/state/embed-door.ts'
import { originProblem } from '../../src/state/embed-origins.ts'
import { writeLinkText } from '../../src/state/link-text.ts'
import { DEFAULT_VIEW, serializeView, type ViewState } from '../../src/state/view-state.ts'
import { fileAnswer, hashOf, overviewOf } from '../support/fake-trace-api.ts'

const ALLOWED = 'https://ci.example.org'

/** A door with a page behind it that opens whatever it is given, unless `fails`. */
function doorOf({ fails = false, breaksOnce = false } = {}) {
  let isBroken = breaksOnce
  let state: TraceState = { status: 'empty' }
  let view: ViewState = DEFAULT_VIEW
  let reading = 0
  const said: [answer: Record<string, unknown>, origin: string][] = []
  const refused: string[] = []
  const opened: string[][] = []
  /** What was looked at when files came. */
  const atOpening: ViewState[] = []
  const linkTo = (of: ViewState): string => {
    const { path, parameters } = serializeView(of)
    return `#${path}${writeLinkText(parameters)}`
  }
  const door = new EmbedDoor({
    store: {
      state: () => state,
      open: async (files) => {
        opened.push(files.map(({ name }) => name))
        atOpening.push(view)
        reading++
        const answers = files.map(({ name, size }) => fileAnswer(name, { sizeBytes: size }))
        // What the door reads of a capture is its files and the number of its reading.
        const capture = { reading, generation: reading, overview: overviewOf(answers) } as Capture
        state = fails
          ? {
              status: 'failed',
              names: ['a.txt'],
              problem: { code: 'nothing_readable', message: 'no reader knows it' },
              files: [],
            }
          : { status: 'ready', capture }
      },
    },
    allowed: () => [ALLOWED],
    version: '1.2.3',
    view: () => view,
    go: (next) => {
      if (isBroken) {
        isBroken = false
        throw new Error('the router is gone')
      }
      view = next
    },
    linkTo,
    addressOf: (link) => `https://pinscope.example/${link}`,
    onRefused: (origin) => void refused.push(origin),
  })
  const send = (data: unknown, origin = ALLOWED): Promise<void> =>
    door.take({ data, origin, reply: (answer, target) => void said.push([answer, target]) })
  return { send, said, refused, opened, atOpening, view: () => view }
}

const file = (name: string, size = 4) => ({ name, buffer: new ArrayBuffer(size) })

describe('the door for other pages', () => {
  test.each([
    ['go', { pinscope: 'go', id: 1, link: '#/pfn?v=2&pfn=0x1' }],
    ['open', { pinscope: 'open', id: 1, files: [file('a.txt')], link: '#/pfn?v=2&pfn=0x1' }],
  ])('answers where %s cannot be done, and takes what comes next', async (_, message) => {
    const { send, said, opened } = doorOf({ breaksOnce: true })
    await send(message)
    expect(said.at(-1)?.[0]).toMatchObject({ ok: false, id: 1, problem: expect.stringContaining('the router is gone') })
    await send({ pinscope: 'open', id: 2, files: [file('b.txt')] })
    expect(said.at(-1)?.[0]).toMatchObject({ pinscope: 'opened', ok: true, id: 2 })
    expect(opened.at(-1)).toEqual(['b.txt'])
  })

  test('answers a ping with version and link, to that origin alone', async () => {
    const { send, said } = doorOf()
    await send({ pinscope: 'ping', id: 7 })
    expect(said).toEqual([
      [{ pinscope: 'pong', version: '1.2.3', protocol: 1, link: '#/triage?v=2&end', id: 7 }, ALLOWED],
    ])
  })

  test('opens buffers at a link and answers with a permalink that names their content', async () => {
    const { send, said, opened, view } = doorOf()
    await send({ pinscope: 'open', id: 'a', files: [file('trace.txt')], link: '#/pfn?v=2&pfn=0x1f4b4&end' })
    expect(opened).toEqual([['trace.txt']])
    expect(view().pfn).toBe(0x1f4b4)
    expect(said[0][0]).toMatchObject({
      pinscope: 'opened',
      id: 'a',
      ok: true,
      permalink: `https://pinscope.example/#/pfn?v=2&f=trace.txt~${hashOf('trace.txt').slice(0, 16)}~4&set=${
        captureRefOf([fileAnswer('trace.txt')])?.set
      }&pfn=0x1f4b4&end`,
    })
  })

  test('goes to a link that names no file once its files are there: what was open before is none of its', async () => {
    const { send, view, atOpening } = doorOf()
    await send({ pinscope: 'open', files: [file('a.txt')], link: '#/triage?v=2&end' })
    await send({ pinscope: 'open', files: [file('b.txt')], link: '#/pfn?v=2&pfn=0x1f4b4&end' })
    expect(atOpening[1].pfn).toBeUndefined()
    expect(view()).toMatchObject({ pfn: 0x1f4b4, capture: { fileName: 'b.txt' } })
  })

  test('says why when nothing was opened, or when the link is about another file', async () => {
    const failing = doorOf({ fails: true })
    await failing.send({ pinscope: 'open', files: [file('a.txt')] })
    expect(failing.said[0][0]).toEqual({ pinscope: 'opened', ok: false, problem: 'no reader knows it' })
    const { send, said } = doorOf()
    await send({
      pinscope: 'open',
      files: [file('a.txt')],
      link: '#/triage?v=2&f=b.txt~0123456789abcdef~5&end',
    })
    expect(said[0][0]).toMatchObject({
      ok: false,
      problem: expect.stringContaining('b.txt, 5 bytes, SHA-256 0123456789abcdef'),
    })
  })

  test('goes to a state of what is open, and says what it did not understand of the link', async () => {
    const { send, said, view } = doorOf()
    await send({ pinscope: 'open', files: [file('a.txt')] })
    await send({ pinscope: 'go', id: 2, link: '/events?v=2&q=x&colour=red&end' })
    expect(view()).toMatchObject({ view: 'events', eventQuery: 'x' })
    expect(said[1][0]).toMatchObject({ pinscope: 'state', id: 2, ok: true, unread: ['colour=red'] })
  })

  test('opens what two messages bring one after the other', async () => {
    const { send, said } = doorOf()
    await Promise.all([
      send({ pinscope: 'open', id: 1, files: [file('a.txt')] }),
      send({ pinscope: 'open', id: 2, files: [file('b.txt')] }),
    ])
    expect(said.map(([{ id, ok }]) => [id, ok])).toEqual([
      [1, true],
      [2, true],
    ])
  })

  test.each([
    ['no file', { pinscope: 'open', files: [] }],
    ['text for a buffer', { pinscope: 'open', files: [{ name: 'a', buffer: 'text' }] }],
    ['a link out of the page', { pinscope: 'go', link: 'javascript:alert(1)' }],
    ['a link that is far too long', { pinscope: 'go', link: `#/${'a'.repeat(400_000)}` }],
    ['an unknown word', { pinscope: 'run' }],
  ])('refuses %s with a sentence', async (_, message) => {
    const { send, said, opened } = doorOf()
    await send({ ...message, id: 3 })
    expect(opened).toEqual([])
    expect(said).toEqual([
      [{ pinscope: 'refused', ok: false, id: 3, problem: expect.stringContaining('not understood') }, ALLOWED],
    ])
  })

  const messages = fc.oneof(
    fc.anything(),
    fc.record(
      { pinscope: fc.anything(), id: fc.anything(), files: fc.anything(), link: fc.anything() },
      { requiredKeys: [] },
    ),
  )

  test.prop([messages])('never throws, whatever it is told', async (message) => {
    const { send } = doorOf()
    await expect(send(message)).resolves.toBeUndefined()
  })

  test.prop([
    messages,
    fc.oneof(
      fc.webUrl(),
      fc.constantFrom('null', '', `${ALLOWED}.evil.org`, `${ALLOWED}:444`, 'http://ci.example.org'),
    ),
  ])('says nothing and does nothing for an origin that is not allowed', async (message, origin) => {
    const { send, said, opened, view } = doorOf()
    await send(message, origin)
    expect([said, opened, view()]).toEqual([[], [], DEFAULT_VIEW])
  })

  test('notes what was refused', async () => {
    const { send, refused } = doorOf()
    await send({ pinscope: 'ping' }, 'https://x.org')
    await send({ other: 'talk' }, 'https://x.org')
    expect(refused).toEqual(['https://x.org'])
  })
})

describe('an origin', () => {
  test.each(['https://ci.example.org', 'http://127.0.0.1:8080', 'https://a.b:444'])('%s may be allowed', (origin) => {
    expect(originProblem(origin)).toBe('')
  })

  test.each(['*', 'https://*.example.org', 'null', 'ci.example.org', 'https://ci.example.org/', 'file:///', 'data:,x'])(
    '%s may not, and it is said why',
    (origin) => {
      expect(originProblem(origin)).not.toBe('')
    },
  )
})
