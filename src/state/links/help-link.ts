import { oneOf } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** Chapters of the help. */
export const HELP_TOPICS = ['keys', 'filter', 'method', 'formats', 'links', 'embedding', 'limits'] as const
export type HelpTopic = (typeof HELP_TOPICS)[number]

/** What the Help screen keeps in the link: the chapter to bring into sight. */
export const HELP_LINK = { helpTopic: entry('topic', oneOf(HELP_TOPICS)) } as const satisfies LinkTable
