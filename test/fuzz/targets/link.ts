import { readLinkText, writeLinkText } from '../../../src/state/link-text.ts'
import { isLinkName, readView, serializeView } from '../../../src/state/view-state.ts'
import { expectKept } from '../checks/broken.ts'
import { digestOf } from '../checks/digest.ts'
import { type FuzzCase, textOf } from '../fuzz-case.ts'

/** Reads each line as a link; what is understood of it must survive being written and read again. */
export async function runLink({ files }: FuzzCase): Promise<void> {
  for (const line of textOf(files[0]).split('\n').slice(0, 200)) {
    const at = line.indexOf('?')
    const [path, query] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at)]
    const { view } = readView(path, readLinkText(query, isLinkName))
    const written = serializeView(view)
    const { view: again, trouble } = readView(written.path, readLinkText(writeLinkText(written.parameters), isLinkName))
    const told = (): string => `${line.slice(0, 300)} becomes ${JSON.stringify(written).slice(0, 300)}`
    expectKept(digestOf(again) === digestOf(view), 'link written', told)
    expectKept(trouble.unread.length === 0, 'link unread', told)
  }
}
