import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type ClassLayers, LAYER_COUNT, UNTOLD_LAYER } from '../derive/counts/class-layers.ts'
import { type LayerId } from './timeline.ts'

/**
 * Layers as they are stacked: what migration expects below, then what no event tells of, then what migration does not
 * expect; so the excess is at the top, where it belongs to the classes that are likeliest to be it.
 */
const STACKED: readonly number[] = [...layersThat(true), UNTOLD_LAYER, ...layersThat(false)]

function layersThat(isExpected: boolean): readonly number[] {
  return REFERENCE_CLASSES.flatMap((entry, layer) => (entry.isExpected === isExpected ? [layer] : []))
}

/** Layers that any of the points has references in, bottom first. O(points). */
export function layersPresent(layers: ClassLayers): readonly number[] {
  const isPresent = STACKED.map(() => false)
  for (let at = 0; at < layers.units.length; at++) if (layers.units[at] !== 0) isPresent[at % LAYER_COUNT] = true
  return STACKED.filter((layer) => isPresent[layer])
}

/** Id of a layer on the wire. */
export function layerId(layer: number): LayerId {
  return layer === UNTOLD_LAYER ? 'untold' : REFERENCE_CLASSES[layer].id
}
