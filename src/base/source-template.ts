/** What a template may say of a frame. */
const SOURCE_PLACEHOLDERS = ['symbol', 'offset', 'module', 'release', 'file', 'line'] as const
export type SourcePlaceholder = (typeof SOURCE_PLACEHOLDERS)[number]

/** A template that a person may take. */
export const EXAMPLE_TEMPLATE = 'https://elixir.bootlin.com/linux/v{release}/A/ident/{symbol}'

/** What is wrong with a template, in words; empty when nothing is. An empty one is right: frames are no links then. */
export function templateProblem(template: string): string {
  if (template === '') return ''
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !isPlaceholder(name))
  if (unknown)
    return `{${unknown[1]}} is no placeholder: there are ${SOURCE_PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}`
  const plain = template.replace(/\{[a-z]+\}/g, 'x')
  if (/[{}]/.test(plain)) return 'a { or } stands alone'
  if (!template.includes('{')) return 'no placeholder: every frame would lead to the same place'
  if (!URL.canParse(plain)) return 'not an address: it begins with https:// or http://'
  const { protocol } = new URL(plain)
  if (protocol !== 'https:' && protocol !== 'http:')
    return `addresses by ${protocol} are not opened, only https: and http:`
  return /^https?:\/\/[^/]*\{/.test(template) ? 'the name of the host must be written out' : ''
}

/** True for a template that frames can be made links with, and for none at all. */
export function isSourceTemplate(template: string): boolean {
  return templateProblem(template) === ''
}

function isPlaceholder(name: string): name is SourcePlaceholder {
  return SOURCE_PLACEHOLDERS.some((known) => known === name)
}

/** What is known of a frame; what is absent is not known. */
export type SourceFacts = Readonly<Partial<Record<SourcePlaceholder, string>>>

/** The address of a frame's source; nothing when the template is off or asks what is not known of this frame. */
export function sourceAddress(template: string, facts: SourceFacts): string | undefined {
  if (template === '' || !isSourceTemplate(template)) return undefined
  const asked = [...template.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name).filter(isPlaceholder)
  if (asked.some((name) => facts[name] === undefined || facts[name] === '')) return undefined
  return asked.reduce((address, name) => address.replace(`{${name}}`, () => partOf(name, facts[name] ?? '')), template)
}

/** A path keeps its slashes. */
function partOf(name: SourcePlaceholder, value: string): string {
  return name === 'file' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
}
