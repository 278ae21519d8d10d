/** Signs of a text that is HTML, or was cut out of one: an event, a frame or a quotation with its brackets encoded. */
const SIGN =
  /<!doctype html|<(?:html|body|pre|br|blockquote)\b[^<>]*>|&lt;\.\.\.&gt;-\d|(?:^|\s)=&gt; \S|&lt;(?:user )?stack trace&gt;|^(?:> ?)*(?:&gt; ?)+\S/i
/** Elements that text stands in. Others are left: `<idle>`, `<stack trace>`, `<TASK>` and addresses are the kernel's. */
const TAG =
  /<!--[^<>]{0,400}-->|<!doctype[^<>]*>|<\/?(?:html|head|title|meta|link|body|main|article|section|header|footer|nav|div|p|pre|code|samp|tt|span|font|a|b|i|u|em|strong|small|br|hr|blockquote|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6])(?:\s[^<>]*)?\/?>/gi
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos|nbsp));/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

/** True for a line that only HTML explains. */
export function isHtml(text: string): boolean {
  return SIGN.test(text)
}

/** Undoes HTML: tags go, entities become what they stand for. Lines are left as they are until one tells that it is HTML. */
export class HtmlText {
  #isOn = false

  /** The line as a reader of the page sees it. */
  line(text: string): string {
    this.#isOn ||= isHtml(text)
    return this.#isOn ? text.replaceAll(TAG, '').replaceAll(ENTITY, character) : text
  }
}

function character(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()]
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  const isOneLine = code >= 32 || code === 9
  return isOneLine && code <= 0x10ffff ? String.fromCodePoint(code) : entity
}
