import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ShippedPackage } from './shipped-packages.ts'

/** What a licence is called in the file of all licences. */
export function licencesText(packages: readonly ShippedPackage[], root: string): string {
  const { name, version, licence } = productOf(root)
  const own = section(`${name} ${version} (${licence})`, readFileSync(join(root, 'LICENSE'), 'utf8').trim())
  const others = packages.map((one) => section(`${one.name} ${one.version} (${one.licence})`, one.text))
  const head = `# Licences\n\n${name}, and the ${packages.length} packages of which it has code or fonts in it:\n`
  return [head, own, ...others].join('\n')
}

/** Names, with versions, that a file of licences has a text for. */
export function namesInLicences(text: string): readonly string[] {
  return [...text.matchAll(/^## (\S+ \S+) \(.*\)$/gm)].map(([, name]) => name)
}

/** A file of a bill of materials stands beside each bundle under this name. */
export const BILL_NAME = 'sbom.cdx.json'

/** The file of all licences, in `dist/`. */
export const LICENCES_NAME = 'licenses.md'

/**
 * The bill of materials of a bundle as CycloneDX 1.6: each package with version, licence, the digest of its archive, and what of the
 * others it asks for. Neither time nor chance is in it, so that the same sources give the same bytes.
 */
export function billOfMaterials(packages: readonly ShippedPackage[], root: string): string {
  const product = productOf(root)
  const own = addressOf(product)
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': own, ...product.told, purl: own },
    },
    components: packages.map((one) => ({
      type: 'library',
      'bom-ref': addressOf(one),
      ...namesOf(one),
      version: one.version,
      scope: 'required',
      hashes: [{ alg: 'SHA-512', content: hexOf(one.integrity) }],
      licenses: licenceOf(one.licence),
      purl: addressOf(one),
    })),
    dependencies: [
      { ref: own, dependsOn: packages.filter(({ name }) => product.asksFor.includes(name)).map(addressOf) },
      ...packages.map((one) => ({ ref: addressOf(one), dependsOn: askedBy(one, packages) })),
    ],
  }
  return `${JSON.stringify(bill, null, 2)}\n`
}

interface Product {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly asksFor: readonly string[]
  readonly told: Readonly<Record<string, unknown>>
}

function productOf(root: string): Product {
  // Our own package.json, which a test reads field by field.
  const fields = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license: string
    readonly description: string
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const { name, version, license, description } = fields
  const told = { name, version, description, licenses: licenceOf(license) }
  return { name, version, licence: license, asksFor: Object.keys(fields.devDependencies), told }
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}\n`
}

/** `pkg:npm/%40mantine/core@9.7.3`, as the purl specification writes it. */
function addressOf({ name, version }: Pick<ShippedPackage, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

function namesOf({ name }: ShippedPackage): { readonly group?: string; readonly name: string } {
  const [group, rest] = name.split('/')
  return rest === undefined ? { name } : { group, name: rest }
}

/** CycloneDX tells one licence by its id, and several by an expression. */
function licenceOf(licence: string): readonly unknown[] {
  return /[\s(]/.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }]
}

function hexOf(integrity: string): string {
  return Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')
}

/** The others that a package finds when it asks for them: in its own folder first, then in those around it. */
function askedBy(asking: ShippedPackage, packages: readonly ShippedPackage[]): readonly string[] {
  const byPlace = new Map(packages.map((one) => [one.place, one]))
  const found = asking.asksFor.flatMap((name) => {
    for (let around = asking.place; ; around = around.slice(0, around.lastIndexOf('/node_modules/'))) {
      const one = byPlace.get(`${around}/node_modules/${name}`)
      if (one !== undefined) return [addressOf(one)]
      if (!around.includes('/node_modules/')) break
    }
    const one = byPlace.get(`node_modules/${name}`)
    return one === undefined ? [] : [addressOf(one)]
  })
  return [...new Set(found)].toSorted()
}
