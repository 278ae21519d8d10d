import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { type AddressInfo } from 'node:net'

/** A place where everything ends up that a browser sends anywhere but to the tested pages. */
export interface NetworkTrap {
  /** A proxy on 127.0.0.1 that answers nothing and writes down who came. */
  readonly proxyPort: number
  /** A STUN server on 127.0.0.1, which no proxy would see. */
  readonly stunPort: number
  /** What came, in order: `GET http://a.example/b`, `CONNECT a.example:443`, `STUN 20 bytes`. */
  readonly caught: readonly string[]
  close(): Promise<void>
}

/** What browsers ask by themselves, whatever page they show: the name of each host in full, so that a page cannot hide among them. */
const BROWSERS_OWN = new Set([
  'accounts.google.com',
  'clients2.google.com',
  'clientservices.googleapis.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'safebrowsing.googleapis.com',
  'safebrowsingohttpgateway.googleapis.com',
  'update.googleapis.com',
  'aus5.mozilla.org',
  'ads.mozilla.org',
  'content-signature-2.cdn.mozilla.net',
  'contile.services.mozilla.com',
  'detectportal.firefox.com',
  'firefox-settings-attachments.cdn.mozilla.net',
  'firefox.settings.services.mozilla.com',
  'incoming.telemetry.mozilla.org',
  'location.services.mozilla.com',
  'merino.services.mozilla.com',
  'push.services.mozilla.com',
  'versioncheck-bg.addons.mozilla.org',
])

/** Sets the trap. Chromium and Firefox are told of it by `chromiumTrapArgs` and `firefoxTrapPreferences`. */
export async function setNetworkTrap(): Promise<NetworkTrap> {
  const caught: string[] = []
  const proxy = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    const heard = setTimeout(() => caught.push('a connection that says nothing'), 2_000)
    socket.once('close', () => clearTimeout(heard))
    socket.once('data', (bytes) => {
      clearTimeout(heard)
      const [asked] = bytes.toString('latin1').split(/ HTTP\/|\r\n/)
      if (!BROWSERS_OWN.has(hostOf(asked))) caught.push(asked)
      socket.destroy()
    })
  })
  const stun = createSocket('udp4')
  stun.on('message', (bytes) => caught.push(`STUN ${bytes.length} bytes`))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => stun.bind(0, '127.0.0.1', resolve))
  return {
    proxyPort: (proxy.address() as AddressInfo).port, // a TCP server's address is never a path
    stunPort: stun.address().port,
    caught,
    close: () => new Promise((resolve) => stun.close(() => proxy.close(() => resolve()))),
  }
}

/** Chromium behind the trap: other ports of this machine too, and no name is ever looked up. */
export function chromiumTrapArgs({ proxyPort }: NetworkTrap, openPorts: readonly number[]): readonly string[] {
  return [
    `--proxy-server=http://127.0.0.1:${proxyPort}`,
    `--proxy-bypass-list=<-loopback>;${openPorts.map((port) => `127.0.0.1:${port}`).join(';')}`,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ]
}

/** Firefox behind the trap. */
export function firefoxTrapPreferences(
  { proxyPort }: NetworkTrap,
  openPorts: readonly number[],
): Readonly<Record<string, string | number | boolean>> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.no_proxies_on': openPorts.map((port) => `127.0.0.1:${port}`).join(','),
    'browser.send_pings': true, // off by itself; others have it on
    'media.peerconnection.ice.loopback': true,
  }
}

/** A page that sends in every way that a browser has, without a policy that forbids it: what the trap must catch. */
export function leakyPage({ stunPort }: NetworkTrap): string {
  return `<!doctype html><title>leaky</title>
<link rel="icon" href="http://icon.example/i.ico">
<link rel="prefetch" href="http://prefetch.example/p">
<link rel="stylesheet" href="http://style.example/s.css">
<img src="http://image.example/i.png">
<a href="#here" ping="http://ping.example/p">here</a>
<script>
fetch('https://fetch.example/').catch(() => {})
navigator.sendBeacon('http://beacon.example/b', 'x')
new WebSocket('ws://socket.example/')
new EventSource('http://events.example/')
new Worker(URL.createObjectURL(new Blob(["fetch('http://worker.example/').catch(() => {})"])))
fetch('http://127.0.0.1:4999/').catch(() => {})
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${stunPort}' }] })
peer.createDataChannel('x')
peer.createOffer().then((offer) => peer.setLocalDescription(offer))
document.querySelector('a').click()
</script>`
}

/** A piece of what the trap must have caught of `leakyPage`, each. */
export const LEAKS: readonly string[] = [
  'icon.example',
  'prefetch.example',
  'style.example',
  'image.example',
  'ping.example',
  'fetch.example',
  'beacon.example',
  'socket.example',
  'events.example',
  'worker.example',
  '127.0.0.1:4999',
  'STUN',
]

function hostOf(asked: string): string {
  const [, address = ''] = asked.split(' ')
  return /^(?:[a-z]+:\/\/)?([^/:]+)/.exec(address)?.[1] ?? ''
}
