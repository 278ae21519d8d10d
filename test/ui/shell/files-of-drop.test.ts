import { expect, test } from 'vitest'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { sourcesOfBlobs } from '../../../src/formats/small-blobs.ts'
import { filesOfDrop } from '../../../src/ui/shell/files-of-drop.ts'
import { tracedText } from '../../support/tell.ts'
import { LEAK } from '../../support/told-capture.ts'

function fileEntry(path: string, given: File | Error): unknown {
  const file = (found: (file: File) => void, refused: (error: Error) => void): void =>
    given instanceof Error ? refused(given) : found(given)
  return { isFile: true, isDirectory: false, name: nameOf(path), fullPath: path, file }
}

/** A folder that tells one list after the other, or refuses. */
function folderEntry(path: string, lists: readonly (readonly unknown[] | Error)[]): unknown {
  let at = 0
  const readEntries = (found: (list: readonly unknown[]) => void, refused: (error: Error) => void): void => {
    const list = lists[at++] ?? []
    if (list instanceof Error) refused(list)
    else found(list)
  }
  return { isFile: false, isDirectory: true, name: nameOf(path), fullPath: path, createReader: () => ({ readEntries }) }
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}

function dropOf(entries: readonly unknown[], plain: readonly File[] = []): DataTransfer {
  const items = entries.map((entry, row) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => plain[row] ?? null,
  }))
  return { items, files: plain } as unknown as DataTransfer // what is used of it
}

const trace = new File([`${tracedText(LEAK)}\n`], 'trace.txt')

async function told(files: readonly File[]): Promise<readonly string[]> {
  return Promise.all(files.map(async (file) => `${file.name}: ${file.size < 99 ? await file.text() : 'its bytes'}`))
}

test('a file and a folder that cannot be read are among the files of a dropped folder, with why', async () => {
  const files = await filesOfDrop(
    dropOf([
      folderEntry('/run', [
        [fileEntry('/run/trace.txt', trace), fileEntry('/run/owner.txt', new Error('permission was denied'))],
        [folderEntry('/run/locked', [new Error('no right to list it')])],
        [{ isFile: false, isDirectory: false, name: 'odd', fullPath: '/run/odd' }],
        new Error('it went away'),
      ]),
    ]),
  )
  expect(await told(files)).toEqual([
    'trace.txt: its bytes',
    'owner.txt: permission was denied',
    'locked: this folder, or a part of it, cannot be listed: no right to list it',
    'run/odd: it is neither a file nor a folder',
    'run: this folder, or a part of it, cannot be listed: it went away',
  ])
  const read = await readTrace(await openArchives(sourcesOfBlobs(files)))
  if (!read.ok) throw new Error('the trace is not read')
  expect(read.value.files.map(({ name, damage }) => `${name} ${damage.map(({ message }) => message).join()}`)).toEqual([
    'trace.txt ',
    expect.stringContaining('owner.txt could not be read (permission was denied)'),
    expect.stringContaining('locked could not be read (this folder'),
    expect.stringContaining('run/odd could not be read (it is neither'),
    expect.stringContaining('run could not be read (this folder'),
  ])
  expect(read.value.files.map(({ hash }) => hash.kind)).toEqual(['known', 'none', 'none', 'none', 'none'])
})

test('a file that was dropped beside a folder and that has no entry is there', async () => {
  const files = await filesOfDrop(dropOf([folderEntry('/run', []), null, null], [new File([''], 'run'), trace]))
  expect(await told(files)).toEqual(['trace.txt: its bytes', 'a dropped item: the browser gives no file for it'])
})

test('a folder without a file is told of', async () => {
  const files = await filesOfDrop(dropOf([folderEntry('/empty', [[folderEntry('/empty/inside', [])]])]))
  expect(await told(files)).toEqual(['empty: no file is in this folder'])
})
