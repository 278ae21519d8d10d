import { type ReactNode } from 'react'

/** How another page opens a trace here, by messages. */
export function EmbeddingChapter(): ReactNode {
  return (
    <>
      <p>
        A page of your own, such as a CI result, can open a trace in pinscope without a server in between: it embeds
        pinscope in a frame, or opens it in a window, and sends messages. Nobody may, until you name the origin under
        Settings, “Pages that may open captures here”: exact origins, no patterns. Others get no answer; Settings say
        how many messages were refused.
      </p>
      <table>
        <thead>
          <tr>
            <th>message</th>
            <th>answer</th>
          </tr>
        </thead>
        <tbody>
          {MESSAGES.map(([message, answer]) => (
            <tr key={message}>
              <td className="data">{message}</td>
              <td className="data">{answer}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <pre className="data">{EXAMPLE}</pre>
      <ul>
        <li>
          Every answer repeats <code>id</code>. One that says <code>ok: false</code> has a <code>problem</code> in
          words; one that is not understood is answered <code>refused</code>. At most 64 files and 4 GiB a message.
        </li>
        <li>
          The server must let it: a header <code>Cross-Origin-Opener-Policy: same-origin</code> cuts a window off from
          the page that opened it, and <code>frame-ancestors</code> or <code>X-Frame-Options</code> forbid frames. A
          plain web server sends neither. <code>npm start</code> sends both;{' '}
          <code>PINSCOPE_EMBED_ORIGINS=https://ci.example.org npm start</code> allows that origin.
        </li>
        <li>
          Browsers keep the settings of a frame in a page of another site apart from those of pinscope itself: name the
          origin in the frame, under its own Settings. For a window nothing of the kind is needed.
        </li>
      </ul>
    </>
  )
}

const MESSAGES: readonly (readonly [string, string])[] = [
  ["{ pinscope: 'ping', id? }", "{ pinscope: 'pong', version, protocol: 1, link }"],
  [
    "{ pinscope: 'open', id?, files: [{ name, buffer: ArrayBuffer }], link? }",
    "{ pinscope: 'opened', id, ok, link, permalink, files, unread? } or { …, ok: false, problem }",
  ],
  ["{ pinscope: 'go', id?, link: '#/pfn?…' }", "{ pinscope: 'state', id, ok, link, permalink, unread? }"],
]

const EXAMPLE = `const pinscope = window.open('https://pinscope.example.org/')
const hello = setInterval(() => pinscope.postMessage({ pinscope: 'ping' }, 'https://pinscope.example.org'), 200)
addEventListener('message', async ({ origin, data }) => {
  if (origin !== 'https://pinscope.example.org') return
  if (data.pinscope === 'opened') console.log(data.ok ? data.permalink : data.problem)
  if (data.pinscope !== 'pong') return
  clearInterval(hello)
  const buffer = await (await fetch('trace.txt.gz')).arrayBuffer()
  const files = [{ name: 'trace.txt.gz', buffer }]
  pinscope.postMessage({ pinscope: 'open', id: 1, files, link: '#/triage' }, origin, [buffer])
})`
