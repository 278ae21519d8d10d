/** Version that links are written in. Each step up adds one entry to `UPGRADERS`. */
export const LINK_VERSION = 1

type Parameters = Readonly<Record<string, string>>

/** `UPGRADERS[n]` turns the parameters of version `n + 1` into those of `n + 2`. Version 1 is the first. */
const UPGRADERS: readonly ((parameters: Parameters) => Parameters)[] = []

/** Parameters of a link as the present version has them. A link without a version, or of a later one, is taken as it is. */
export function upgradeLink(parameters: Parameters, upgraders = UPGRADERS): Parameters {
  const version = Object.hasOwn(parameters, 'v') ? Number(parameters['v']) : upgraders.length + 1
  if (!Number.isInteger(version) || version < 1) return parameters
  return upgraders.slice(version - 1).reduce((given, upgrade) => upgrade(given), parameters)
}
