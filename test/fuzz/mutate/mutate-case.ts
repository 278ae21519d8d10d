import { type FuzzCase, type FuzzFile } from '../fuzz-case.ts'
import { type Random } from '../random.ts'
import { BYTE_MUTATIONS } from './bytes.ts'
import { ENCODING_MUTATIONS } from './encodings.ts'
import { FIELD_MUTATIONS } from './fields.ts'
import { joined, LINE_MUTATIONS, lineSpan } from './lines.ts'
import { type Mutation } from './mutation.ts'
import { packed } from './packings.ts'

/** Inputs stay small, so that many can be tried. */
const MOST_BYTES = 96 << 10
const NUL = 0

/** A new input: one that there is, changed a few times; now and then with a part of another in it, or packed. */
export function mutateCase(base: FuzzCase, other: FuzzCase, random: Random): FuzzCase {
  const at = random.below(base.files.length)
  const files = base.files.map((file, row) => (row === at || random.chance(0.2) ? mutateFile(file, random) : file))
  const spliced = random.chance(0.25)
    ? files.map((file, row) => (row === at ? splice(file, other, random) : file))
    : files
  const small = spliced.map(({ name, bytes }) => ({ name, bytes: bytes.slice(0, MOST_BYTES) }))
  const isPacked = base.target === 'load' && random.chance(0.06)
  return { target: base.target, files: isPacked ? packed(small, random) : small }
}

function mutateFile({ name, bytes }: FuzzFile, random: Random): FuzzFile {
  let made: Uint8Array = bytes
  const times = 1 + random.below(random.chance(0.3) ? 12 : 3)
  for (let time = 0; time < times && made.length < MOST_BYTES; time++) made = mutationOf(made, random)(made, random)
  return { name, bytes: made.slice() }
}

/** Texts are mostly changed as texts are, other bytes as bytes. */
function mutationOf(bytes: Uint8Array, random: Random): Mutation {
  const isText = !bytes.subarray(0, 512).includes(NUL)
  const dice = random.below(100)
  if (!isText) return random.pick(dice < 95 ? BYTE_MUTATIONS : LINE_MUTATIONS)
  if (dice < 45) return random.pick(FIELD_MUTATIONS)
  if (dice < 75) return random.pick(LINE_MUTATIONS)
  return random.pick(dice < 94 ? BYTE_MUTATIONS : ENCODING_MUTATIONS)
}

/** Lines of another input among those of this one: two formats in one file, or two recordings. */
function splice({ name, bytes }: FuzzFile, { files }: FuzzCase, random: Random): FuzzFile {
  const theirs = random.pick(files).bytes
  const [from, to] = lineSpan(theirs, random, 1 + random.below(60))
  const [at] = lineSpan(bytes, random, 1)
  const isEnd = random.chance(0.2)
  return {
    name,
    bytes: joined([bytes.subarray(0, at), theirs.subarray(from, to), isEnd ? new Uint8Array(0) : bytes.subarray(at)]),
  }
}
