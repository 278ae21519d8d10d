/** The same link with its values changed: `/pfn?v=1&f=trace.txt~1a2b`. Names of parameters stay. */
export function mapLinkValues(link: string, change: (value: string) => string): string {
  const at = link.indexOf('?')
  if (at < 0) return link
  const parts = link
    .slice(at + 1)
    .split('&')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0 ? part : `${part.slice(0, equals)}=${encode(change(decode(part.slice(equals + 1))))}`
    })
  return `${link.slice(0, at)}?${parts.join('&')}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** As readable as the page writes its links. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(3A|2F|2C|40)/g, decodeURIComponent)
}
