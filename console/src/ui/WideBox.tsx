import type { ReactNode } from 'react';

interface WideBoxProps {
  /** What it holds, for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Holds what may be wider than the screen; it scrolls sideways by keyboard too. */
export function WideBox({ label, children }: WideBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className="wide-box" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
