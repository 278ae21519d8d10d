import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Ten steps from the light scheme's soft accent to the dark scheme's; Mantine fills with 6, on which white is readable. */
const accent: MantineColorsTuple = [
  '#e6eefb',
  '#cfdff7',
  '#a9c6f2',
  '#8fb8fa',
  '#7cb0ff',
  '#4a86e0',
  '#1f5fbf',
  '#1a52a6',
  '#15458c',
  '#103770',
]

/** The UI kit in the terms of `tokens.css`: three type sizes, square corners, nothing that moves for long. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent },
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-data)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '16px' },
  lineHeights: { xs: '18px', sm: '18px', md: '18px', lg: '24px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 2,
  respectReducedMotion: true,
  // Plain objects: naming the components themselves would bring them in before any screen needs them.
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true } },
    Tooltip: {
      defaultProps: {
        transitionProps: { duration: 0 },
        openDelay: 400,
        events: { hover: true, focus: true, touch: false },
      },
    },
  },
})

/** Kit variables that would break contrast or bring in other greys. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-dim)',
    '--mantine-color-placeholder': 'var(--ink-dim)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-raised)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-color)',
  }
  return { variables: {}, light: shared, dark: shared }
}
