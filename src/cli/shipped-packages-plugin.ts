import { type Plugin, type Rolldown } from 'vite'
import { BILL_NAME, billOfMaterials, LICENCES_NAME, licencesText } from './bill-of-materials.ts'
import { packagesOf } from './shipped-packages.ts'

/** Two plugins of one build: what the workers are made of is known to a build of their own. */
export interface ShippedPackagesPlugins {
  readonly ofPage: Plugin
  readonly ofWorkers: () => Plugin
}

/**
 * Writes, beside the served page, the licences and the bill of materials of all that is in it, workers included. They are bundled
 * before the page is done, since its files have their names in them.
 */
export function shippedPackages(root: string): ShippedPackagesPlugins {
  const modules = new Set<string>()
  const collect = (bundle: Rolldown.OutputBundle): void => modulesOf(bundle).forEach((id) => modules.add(id))
  return {
    ofWorkers: () => ({ name: 'shipped-packages-of-workers', generateBundle: (_options, bundle) => collect(bundle) }),
    ofPage: {
      name: 'shipped-packages',
      apply: 'build',
      generateBundle(_options, bundle) {
        collect(bundle)
        const packages = packagesOf(modules, root)
        this.emitFile({ type: 'asset', fileName: LICENCES_NAME, source: licencesText(packages, root) })
        this.emitFile({ type: 'asset', fileName: BILL_NAME, source: billOfMaterials(packages, root) })
      },
    },
  }
}

/** Ids of all modules in the chunks of a bundle. */
export function modulesOf(bundle: Rolldown.OutputBundle): readonly string[] {
  return Object.values(bundle).flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []))
}
