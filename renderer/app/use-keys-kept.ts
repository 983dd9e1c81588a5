import { useEffect } from 'react';

/**
 * What has the focus may go away with what it stood in, or can be used no longer: the keys would go nowhere. Then they go where
 * `giveBack` puts them. Whoever takes the focus off everything by a click keeps it off.
 */
export function useKeysKept(giveBack: () => void): void {
  useEffect(() => {
    let last: Element | null = null;
    const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;
    const onFocus = (event: FocusEvent): void => {
      last = event.target instanceof Element ? event.target : null;
    };
    const observer = new MutationObserver(() => {
      if (last === null || (last.isConnected && !last.matches(':disabled')) || !isNowhere()) return;
      last = null;
      // A menu that closes may be about to give the focus back itself.
      requestAnimationFrame(() => {
        if (isNowhere()) giveBack();
      });
    });
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', onFocus);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
    };
  }, [giveBack]);
}
