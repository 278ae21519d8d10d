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

const MOST_RECENT = 8
/** Characters of a name. */
export const MOST_AUTHOR = 80

/** Reads what was kept. Each value that is broken, or unknown to this version, falls back by itself. */
export function parseSettings(text: string | null): Settings {
  const kept = membersOf(text) ?? {}
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

/**
 * What is kept after some of the settings were changed. What another build wrote and this one does not know stays as it is, and
 * what this one cannot read of a setting that nobody changed stays too. The inverse of `parseSettings` over all settings.
 */
export function writeSettings(kept: string | null, patch: Partial<Settings>): string {
  return JSON.stringify({ ...membersOf(kept), ...patch })
}

/** True for what is no settings of any version: damaged, or cut short. */
export function isDamaged(kept: string | null): boolean {
  return kept !== null && membersOf(kept) === undefined
}

/** The settings after an action was taken: it comes first. */
export function withRecentAction(settings: Settings, id: string): Settings {
  return { ...settings, recentActions: recentOf([id, ...settings.recentActions]) }
}

function recentOf(ids: readonly unknown[]): readonly string[] {
  const words = ids.filter((id): id is string => typeof id === 'string' && id !== '')
  return [...new Set(words)].slice(0, MOST_RECENT)
}

function membersOf(text: string | null): Readonly<Record<string, unknown>> | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined // not ours, or cut short: the usual holds
  }
}
