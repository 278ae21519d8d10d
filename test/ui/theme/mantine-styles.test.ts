import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const styles = readFileSync('src/ui/theme/mantine-styles.ts', 'utf8')

const sources = import.meta.glob<string>('../../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

test('every component of the UI kit that a screen uses has its styles', () => {
  const used = Object.values(sources).flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names]) =>
      names.split(',').map((name) => name.trim().split(' ')[0]),
    ),
  )
  const styled = new Set(used.filter((name) => existsSync(`node_modules/@mantine/core/styles/${name}.css`)))
  const missing = [...styled].filter((name) => !styles.includes(`/${name}.css'`))
  expect(missing).toEqual([])
  expect(styled.size).toBeGreaterThan(3)
})
