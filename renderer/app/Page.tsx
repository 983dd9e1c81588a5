import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { StrictMode, type ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { theme } from './theme.ts';

// The value is a new one at each response; styles that libraries make at run time carry it, or the policy refuses them.
const nonce = document.querySelector<HTMLElement>('meta[property=csp-nonce]')?.nonce ?? '';
if (nonce !== '') setNonce(nonce);

/** What everything on the page stands in, whatever it is connected to. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <ErrorBoundary>{children}</ErrorBoundary>
        <aside id="layers" aria-label="Menus and hints" />
      </MantineProvider>
    </StrictMode>
  );
}
