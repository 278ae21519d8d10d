/** Origins that may be allowed; more are a mistake. */
export const MOST_EMBED_ORIGINS = 20

/** What is wrong with an origin as a person wrote it; empty when it may be allowed. */
export function originProblem(text: string): string {
  if (text === '*' || text.includes('*')) return 'each origin is named by itself: no * stands for others'
  if (text === 'null') return 'null is the origin of every page without one: it names nobody'
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return 'it is no origin: write it like https://ci.example.org'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only https: and http: origins can be allowed'
  return url.origin === text ? '' : `write it as ${url.origin}: an origin has no path and no more than that`
}

/** The origins of what was kept or typed, each once: what may not be allowed is left out. */
export function embedOriginsOf(written: readonly unknown[]): readonly string[] {
  const texts = written.filter((one): one is string => typeof one === 'string' && originProblem(one) === '')
  return [...new Set(texts)].slice(0, MOST_EMBED_ORIGINS)
}
