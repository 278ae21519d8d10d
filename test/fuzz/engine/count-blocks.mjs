// Counts how often each block of the engine's code runs: what an input reaches, and how much work it makes, are the
// same numbers on every machine, which no clock gives.
import { parseAst } from 'rolldown/parseAst'

/** Counters there are room for; the engine has a good deal fewer blocks. */
export const MOST_BLOCKS = 1 << 16

/** @typedef {{ readonly type: string, readonly start: number, readonly end: number, readonly [key: string]: unknown }} Node */
/** @typedef {(at: number, text: string) => void} Insert */

/**
 * Puts a counter into each function, branch, loop and arm of an expression of the files that `isCounted`. Lines stay where
 * they are. The counters are `globalThis.pinscopeBlocks`, which must be there before the code runs.
 *
 * @param {(id: string) => boolean} isCounted
 * @returns {import('rolldown').Plugin & { readonly api: { blocks: number } }}
 */
export function countBlocks(isCounted) {
  const api = { blocks: 0 }
  return {
    name: 'count-blocks',
    api,
    transform(code, id) {
      if (!isCounted(id)) return null
      const insertions = /** @type {[number, string][]} */ ([])
      const insert = /** @type {Insert} */ ((at, text) => void insertions.push([at, text]))
      const counter = () => `$blocks[${api.blocks++ % MOST_BLOCKS}]++`
      walk(/** @type {Node} */ (/** @type {unknown} */ (parseAst(code, { lang: 'ts' }))), insert, counter)
      return { code: `const $blocks = globalThis.pinscopeBlocks; ${inserted(code, insertions)}`, map: null }
    },
  }
}

/**
 * @param {string} code
 * @param {[number, string][]} insertions
 */
function inserted(code, insertions) {
  const parts = []
  let from = 0
  // Equal places keep the order in which they were found: what encloses is found before what it encloses.
  for (const [at, text] of insertions.sort(([one], [other]) => one - other)) {
    parts.push(code.slice(from, at), text)
    from = at
  }
  return parts.join('') + code.slice(from)
}

/**
 * @param {Node} node
 * @param {Insert} insert
 * @param {() => string} counter
 */
function walk(node, insert, counter) {
  /** @param {unknown} child  a block, or one statement in its place */
  const countStatement = (child) => {
    if (!isNode(child) || child.type === 'IfStatement') return
    if (child.type === 'BlockStatement') insert(child.start + 1, `${counter()};`)
    else wrap(child, `{${counter()};`, '}')
  }
  /** @param {unknown} child  @param {string} open  @param {string} close */
  const wrap = (child, open, close) => {
    if (!isNode(child)) return
    insert(child.start, open)
    later.push([child.end, close])
  }
  /** @param {unknown} child */
  const countExpression = (child) => wrap(child, `(${counter()},`, ')')
  /** @type {[number, string][]} */
  const later = []
  if (/^(Function|ArrowFunction)/.test(node.type) && isNode(node['body'])) {
    if (/^(BlockStatement|FunctionBody)$/.test(node['body'].type)) insert(node['body'].start + 1, `${counter()};`)
    else countExpression(node['body'])
  }
  if (node.type === 'IfStatement') for (const key of ['consequent', 'alternate']) countStatement(node[key])
  if (/^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)) countStatement(node['body'])
  if (node.type === 'CatchClause') countStatement(node['body'])
  if (node.type === 'ConditionalExpression') for (const key of ['consequent', 'alternate']) countExpression(node[key])
  if (node.type === 'LogicalExpression') countExpression(node['right'])
  if (node.type === 'SwitchCase' && Array.isArray(node['consequent']) && node['consequent'].length > 0)
    insert(node['consequent'][0].start, `${counter()};`)
  for (const [key, value] of Object.entries(node)) {
    if (key === 'typeAnnotation' || key === 'returnType' || key === 'typeParameters' || key === 'typeArguments')
      continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, insert, counter)
  }
  for (const [at, text] of later) insert(at, text)
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
