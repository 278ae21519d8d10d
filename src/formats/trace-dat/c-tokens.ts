/** A piece of a print format: C, as the preprocessor leaves it. */
export type Token =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: string }

const PATTERN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]*|"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])+)'|([A-Za-z_]\w*)|(->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>?:(){}[\],.]))/y
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Cuts a print format; undefined when something in it is no C. */
export function cutTokens(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const source = text.trimEnd()
  PATTERN.lastIndex = 0
  while (PATTERN.lastIndex < source.length) {
    const match = PATTERN.exec(source)
    if (match === null) return undefined
    tokens.push(tokenOf(match))
  }
  return tokens
}

function tokenOf([, number, text, character, word, sign]: RegExpExecArray): Token {
  if (number !== undefined) return { kind: 'number', value: BigInt(number) }
  if (text !== undefined) return { kind: 'text', value: unescaped(text) }
  if (character !== undefined) return { kind: 'number', value: BigInt(unescaped(character).charCodeAt(0)) }
  return word === undefined ? { kind: 'sign', value: sign } : { kind: 'word', value: word }
}

function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (_, letter: string) => ESCAPES[letter] ?? letter)
}
