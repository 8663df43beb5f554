import {
  Alert,
  Button,
  createTheme,
  Kbd,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core';

/** Accent from tint to shade; index 6 is the light theme's, index 4 the dark theme's. */
const loom: MantineColorsTuple = [
  '#eef2fe',
  '#dbe3fb',
  '#b9c8f7',
  '#9db3ff',
  '#7d9bff',
  '#5474e8',
  '#3457d5',
  '#2b4abb',
  '#243e9c',
  '#1c3079',
];

/** Greys of the dark theme, from text to background, so that controls match the tokens. */
const dark: MantineColorsTuple = [
  '#e6eaf0',
  '#c3cbd6',
  '#a3aebd',
  '#8b96a6',
  '#2f3947',
  '#262e3a',
  '#1b212b',
  '#161b23',
  '#12161d',
  '#0f1319',
];

/** Controls as dense as an editor needs them: 13 px text, 28 px high, radius 6. */
export const theme = createTheme({
  colors: { loom, dark },
  primaryColor: 'loom',
  primaryShade: { light: 6, dark: 4 },
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '11px', sm: '11.5px', md: '13px', lg: '14px', xl: '16px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'compact-md' },
      // Mantine picks the text colour of filled buttons for the light theme alone.
      vars: (_theme, { variant = 'filled' }) => ({
        root:
          variant === 'filled'
            ? { '--button-bg': 'var(--accent)', '--button-color': 'var(--accent-text)' }
            : variant === 'light'
              ? { '--button-bg': 'var(--accent-soft)', '--button-color': 'var(--accent)' }
              : {},
      }),
      styles: { root: { height: 28, paddingInline: 10, fontSize: 13, fontWeight: 500 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, withArrow: true, fz: 12 },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 120 },
        radius: 'md',
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        // The page has a banner already: the top bar.
        attributes: { header: { role: 'presentation' } },
      },
      // Room for the ring of what has the focus at the top.
      styles: { body: { paddingTop: 4 } },
    }),
    Alert: Alert.extend({
      // Tinted like the findings, since Mantine's own tints are loud in the dark theme.
      vars: (_theme, { color }) => ({
        root: {
          '--alert-bg': `color-mix(in srgb, var(--${color === 'red' ? 'err' : 'warn'}) 12%, var(--panel))`,
          '--alert-color': `var(--${color === 'red' ? 'err' : 'warn'})`,
        },
      }),
      styles: { message: { color: 'var(--text)', fontSize: 13 }, title: { fontSize: 13 } },
    }),
    Menu: Menu.extend({
      // The placeholder that takes the focus at first is no item, which a menu has to consist of.
      defaultProps: { withInitialFocusPlaceholder: false },
      styles: { item: { fontSize: 13 }, label: { color: 'var(--dim)' } },
    }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
  },
});
