import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Menu,
  NativeSelect,
  Popover,
  Portal,
  SegmentedControl,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Mantine's controls, pointed at our tokens: 24 or 28 px high, radius 5, no transitions of their own. */
export const theme = createTheme({
  fontFamily: 'var(--rs-font)',
  fontFamilyMonospace: 'var(--rs-mono)',
  defaultRadius: 5,
  cursorType: 'default',
  respectReducedMotion: true,
  fontSizes: { xs: '11px', sm: '12px', md: '12px', lg: '13px', xl: '14px' },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_, { variant = 'filled', size }) => ({
        root: {
          '--button-height': size === 'xs' ? 'var(--rs-control)' : 'var(--rs-control-lg)',
          '--button-padding-x': '12px',
          '--button-fz': '12px',
          '--button-radius': 'var(--rs-r-2)',
          ...(variant === 'filled'
            ? {
                '--button-bg': 'var(--rs-accent)',
                '--button-hover': 'var(--rs-accent-hover)',
                '--button-color': 'var(--rs-on-accent)',
                '--button-bd': '1px solid transparent',
              }
            : variant === 'default'
              ? {
                  '--button-bg': 'var(--rs-bg)',
                  '--button-hover': 'var(--rs-hover)',
                  '--button-color': 'var(--rs-ink)',
                  '--button-bd': '1px solid var(--rs-line-2)',
                }
              : {
                  '--button-bg': 'transparent',
                  '--button-hover': 'var(--rs-hover)',
                  '--button-color': 'var(--rs-ink-2)',
                  '--button-bd': '1px solid transparent',
                }),
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', size: 24 },
      vars: (_, { variant }) => ({
        root: {
          '--ai-size': '24px',
          '--ai-radius': 'var(--rs-r-2)',
          '--ai-bg': variant === 'light' ? 'var(--rs-selected)' : 'transparent',
          '--ai-hover': variant === 'light' ? 'var(--rs-selected-2)' : 'var(--rs-hover)',
          '--ai-color': variant === 'light' ? 'var(--rs-accent-ink)' : 'var(--rs-ink-2)',
          '--ai-bd': 'none',
        },
      }),
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({
        root: {
          '--sc-font-size': '12px',
          '--sc-padding': '0 8px',
          '--sc-radius': 'var(--rs-r-2)',
          '--sc-shadow': 'none',
          '--sc-transition-duration': '0ms',
          '--sc-color': 'var(--rs-bg)',
        },
      }),
    }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({
        root: {
          '--checkbox-size': '14px',
          '--checkbox-radius': 'var(--rs-r-1)',
          '--checkbox-color': 'var(--rs-accent)',
          '--checkbox-icon-color': 'var(--rs-on-accent)',
        },
      }),
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 500, transitionProps: { duration: 0 }, fz: 11, px: 8, py: 4, color: 'dark' },
      vars: () => ({
        tooltip: { '--tooltip-bg': 'var(--rs-ink)', '--tooltip-color': 'var(--rs-bg)', '--tooltip-radius': 'var(--rs-r-2)' },
      }),
    }),
    // Its own first stop is an element without a role that can be focused: no menu may hold one. The first
    // item is focused instead, and where that may be disabled, the first one with `data-autofocus`.
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 }, shadow: 'none', withInitialFocusPlaceholder: false } }),
    // What opens in front of the page stands in a landmark, too.
    Portal: Portal.extend({ defaultProps: { target: '#layers' } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 }, shadow: 'none' } }),
  },
});
