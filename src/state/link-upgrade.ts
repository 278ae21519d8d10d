/** Version that links are written in. Each step up adds one entry to `UPGRADERS`. */
export const LINK_VERSION = 2

type Parameters = Readonly<Record<string, string>>

/** `UPGRADERS[n]` turns the parameters of version `n + 1` into those of `n + 2`. Version 1 is the first. */
const UPGRADERS: readonly ((parameters: Parameters) => Parameters)[] = [withSizes]

/** Files are named with their size from version 2 on, behind the hash: links of version 1 do not tell it. */
function withSizes(parameters: Parameters): Parameters {
  const sized = ['f', 'b'].flatMap((name) =>
    Object.hasOwn(parameters, name) ? [[name, `${parameters[name]}~`] as const] : [],
  )
  return { ...parameters, ...Object.fromEntries(sized) }
}

/** The version that a link says it has; the present one where it says none, `undefined` where that is no number. */
export function versionOf(parameters: Parameters): number | undefined {
  if (!Object.hasOwn(parameters, 'v')) return LINK_VERSION
  return /^[1-9]\d{0,5}$/.test(parameters['v']) ? Number(parameters['v']) : undefined
}

/** Parameters of a link as the present version has them. A link without a version, or of a later one, is taken as it is. */
export function upgradeLink(parameters: Parameters, upgraders = UPGRADERS): Parameters {
  const version = Object.hasOwn(parameters, 'v') ? Number(parameters['v']) : upgraders.length + 1
  if (!Number.isInteger(version) || version < 1) return parameters
  return upgraders.slice(version - 1).reduce((given, upgrade) => upgrade(given), parameters)
}
