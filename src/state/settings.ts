import { isSourceTemplate } from '../base/source-template.ts'
import { embedOriginsOf } from './embed-origins.ts'

/** How high a row is: what fits, or what is easier to hit. */
export const DENSITIES = ['compact', 'comfortable'] as const
export type Density = (typeof DENSITIES)[number]

/**
 * What a person likes, kept in this browser alone and never in a link. The theme is not among it: the UI kit keeps that
 * itself, to have it before the first drawing.
 */
export interface Settings {
  readonly density: Density
  /** Where a frame of a stack leads, with placeholders; empty: nowhere, which is the usual. */
  readonly sourceTemplate: string
  /** Who a person is to others who read their verdicts and notes; empty: nobody in particular. */
  readonly author: string
  /** Origins whose pages may open captures here by messages; nobody, as usual. */
  readonly embedOrigins: readonly string[]
  /** Ids of the actions that were taken from the palette, the latest first. */
  readonly recentActions: readonly string[]
}

/** What holds before anything was chosen, and where what is kept cannot be read. */
export const DEFAULT_SETTINGS: Settings = {
  density: 'compact',
  sourceTemplate: '',
  author: '',
  embedOrigins: [],
  recentActions: [],
}

/** Name under which the settings are kept. */
export const SETTINGS_KEY = 'pinscope.settings/1'

const MOST_RECENT = 8
/** Characters of a name. */
export const MOST_AUTHOR = 80

/** Reads what was kept. Each value that is broken, or unknown to this version, falls back by itself. */
export function parseSettings(text: string | null): Settings {
  const kept = recordOf(text)
  const { density, sourceTemplate, author, embedOrigins, recentActions } = kept
  return {
    density: DENSITIES.find((known) => known === density) ?? DEFAULT_SETTINGS.density,
    sourceTemplate:
      typeof sourceTemplate === 'string' && isSourceTemplate(sourceTemplate)
        ? sourceTemplate
        : DEFAULT_SETTINGS.sourceTemplate,
    author: typeof author === 'string' ? author.slice(0, MOST_AUTHOR) : DEFAULT_SETTINGS.author,
    embedOrigins: Array.isArray(embedOrigins) ? embedOriginsOf(embedOrigins) : DEFAULT_SETTINGS.embedOrigins,
    recentActions: Array.isArray(recentActions) ? recentOf(recentActions) : DEFAULT_SETTINGS.recentActions,
  }
}

/** The inverse of `parseSettings`. */
export function writeSettings(settings: Settings): string {
  return JSON.stringify(settings)
}

/** The settings after an action was taken: it comes first. */
export function withRecentAction(settings: Settings, id: string): Settings {
  return { ...settings, recentActions: recentOf([id, ...settings.recentActions]) }
}

function recentOf(ids: readonly unknown[]): readonly string[] {
  const words = ids.filter((id): id is string => typeof id === 'string' && id !== '')
  return [...new Set(words)].slice(0, MOST_RECENT)
}

function recordOf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {} // not ours, or cut short: the usual holds
  }
}
