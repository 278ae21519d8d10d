import { type HelpCommand } from './arguments.ts'
import { manualText, summaryText } from './help/manual-text.ts'
import { manualOf, MANUALS } from './help/manuals.ts'
import { roffText } from './help/roff.ts'
import { readVersion } from './version.ts'

/** What `--help` prints: the list of commands, or the manual page of one (`help/` has the texts); or all of them for man(1). */
export async function helpText({ about, isMan }: HelpCommand): Promise<string> {
  if (isMan === true) return roffText(MANUALS, await readVersion())
  const manual = about === undefined ? undefined : manualOf(about)
  return manual === undefined ? summaryText(MANUALS) : manualText(manual)
}
