import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { citedPieces } from './cited-pieces.ts'

/** Expects a mail to be of 60 lines and 80 columns, in the letters that lists take. */
export function expectMail(mail: string): void {
  const lines = mail.slice(0, -1).split('\n')
  expect(mail.endsWith('\n')).toBe(true)
  expect(lines.length).toBeLessThanOrEqual(60)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines[0]).toMatch(/^Subject: mm/)
  // oxlint-disable-next-line no-control-regex -- ASCII where the input is
  expect(mail).toMatch(/^[\n\x20-\x7e]*$/)
}

/** What is not in the line of the files that it is cited from, one piece behind the other: nothing, when the mail is right. */
export function notFound(mail: string, files: readonly string[]): readonly string[] {
  const paths = new Map(files.map((path) => [basename(path), path]))
  const texts = new Map<string, readonly string[]>()
  const cited = citedPieces(mail, [...paths.keys()])
  expect(cited.length > 0).toBe(!mail.startsWith('Subject: mm: no failed range'))
  const missing: string[] = []
  for (const { file, line, isRecord, pieces } of cited) {
    if (isRecord) continue // a binary file has no text
    const path = paths.get(file) ?? ''
    const lines = texts.get(path) ?? textLines(path)
    texts.set(path, lines)
    const text = lines[line - 1]
    let from = 0
    for (const piece of pieces) {
      const at = text.indexOf(piece, from)
      if (at < 0) missing.push(`${file}:${line} lacks ${piece}`)
      else from = at + piece.length
    }
  }
  return missing
}

function textLines(path: string): readonly string[] {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
}
