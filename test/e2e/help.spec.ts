import { expect } from '@playwright/test'
import { openExample, screenOf } from './capture-page.ts'
import { test } from './shared-page.ts'

test('Help is there before any capture, by its key, with chapters that links reach', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.keyboard.press('?')
  await expect.poll(() => screenOf(page)).toBe('help')
  for (const name of [
    'Keys',
    'Filter language',
    'How a holder is inferred',
    'What each file adds',
    'Limits and privacy',
  ])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.goto('/#/help?v=1&topic=limits')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Limits and privacy' })).toBeInViewport()
})

test('Help leads back to where one was, selection and all', async ({ page }) => {
  await openExample(page)
  const before = page.url()
  await page.keyboard.press('?')
  await expect.poll(() => screenOf(page)).toBe('help')
  await page.keyboard.press('?')
  await expect.poll(() => page.url()).toBe(before)
})
