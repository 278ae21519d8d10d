import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package of which some code is in a bundle that is passed on. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX identifier or expression, as the package itself says. */
  readonly licence: string
  /** All that the package has to say of its licence, without a line end at the end. */
  readonly text: string
  /** Its place in the lockfile, `node_modules/react`. */
  readonly place: string
  /** SHA-512 of the archive that npm fetched, `sha512-` and base64, as the lockfile has it. */
  readonly integrity: string
  /** Names of the packages that it asks for itself. */
  readonly asksFor: readonly string[]
}

/** What the licence texts of a package may be called. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i

const FOLDER = '/node_modules/'

/** Bundlers put some lines of their own in: the name of such a module tells whose they are. */
const HELPERS: readonly (readonly [RegExp, string])[] = [
  [/^\0vite\//, 'vite'],
  [/^\0rolldown\//, 'rolldown'],
]

/** What follows is about packages that a bundler carries in itself, none of which is in what it writes. */
const BUNDLERS_OWN = '\n# Licenses of bundled dependencies'

/** Packages that name a licence and have no file of it, with who has the copyright by their package.json. */
const WITHOUT_FILE: Readonly<Record<string, string>> = { 'react-remove-scroll-bar': 'Anton Korzunov' }

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/**
 * The packages that these modules of a bundle are of, by name; modules of the checkout are nobody's. Throws where a package does
 * not tell its licence, or the lockfile does not know it: what cannot be accounted for is not passed on.
 */
export function packagesOf(moduleIds: Iterable<string>, root: string): readonly ShippedPackage[] {
  const places = new Set<string>()
  for (const id of moduleIds) {
    const place = placeOf(id)
    if (place !== undefined) places.add(place)
  }
  const lock = lockedPackages(root)
  return [...places].toSorted().map((place) => shippedPackage(place, root, lock))
}

/** The folder of the package that a module is of, as the lockfile names it. */
function placeOf(id: string): string | undefined {
  const helper = HELPERS.find(([pattern]) => pattern.test(id))
  if (helper !== undefined) return `node_modules/${helper[1]}`
  if (id.startsWith('\0')) throw new Error(`nobody knows whose the module ${JSON.stringify(id)} of the bundle is`)
  const [path] = id.replaceAll('\\', '/').split('?')
  const outermost = path.indexOf(FOLDER)
  if (outermost < 0) return undefined
  const inside = path.lastIndexOf(FOLDER) + FOLDER.length
  const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(path.slice(inside)) ?? []
  return path.slice(outermost + 1, inside) + name
}

interface Locked {
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

function lockedPackages(root: string): Readonly<Record<string, Locked>> {
  // npm wrote it; what is missing in it is said below.
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  return lock.packages
}

function shippedPackage(place: string, root: string, lock: Readonly<Record<string, Locked>>): ShippedPackage {
  const folder = join(root, place)
  const { name, version, licence } = fieldsOf(folder)
  const locked = lock[place]
  if (locked?.integrity === undefined) throw new Error(`the lockfile does not know ${place}`)
  return {
    name,
    version,
    licence,
    text: licenceText(folder, name),
    place,
    integrity: locked.integrity,
    asksFor: Object.keys({ ...locked.dependencies, ...locked.peerDependencies }),
  }
}

function fieldsOf(folder: string): Pick<ShippedPackage, 'name' | 'version' | 'licence'> {
  const fields: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof fields === 'object' && fields !== null && 'name' in fields && 'version' in fields && 'license' in fields) {
    const { name, version, license } = fields
    if (typeof name === 'string' && typeof version === 'string' && typeof license === 'string')
      return { name, version, licence: license }
  }
  throw new Error(`${folder} does not tell its name, version and licence`)
}

function licenceText(folder: string, name: string): string {
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file))
  const texts = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n'))
  const text = texts.map((one) => one.split(BUNDLERS_OWN)[0].trim()).join('\n\n')
  if (text !== '') return text
  if (!Object.hasOwn(WITHOUT_FILE, name)) throw new Error(`${name} has no text of its licence`)
  return `MIT License (the package names it and has no file of it)\n\nCopyright (c) ${WITHOUT_FILE[name]}\n\n${MIT}`
}
