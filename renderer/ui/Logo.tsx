/** The mark: three bars of a reward histogram, low to high. */
export function Logo() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      <rect x="0" y="0" width="4" height="16" rx="1" fill="var(--rs-below-3)" />
      <rect x="6" y="4" width="4" height="12" rx="1" fill="var(--rs-above-2)" />
      <rect x="12" y="2" width="4" height="14" rx="1" fill="var(--rs-above-3)" />
    </svg>
  );
}
