import type { ReactNode } from 'react';

/** A box that scrolls inside the page. Keyboards must be able to scroll it, so it takes the focus and has a name. */
export function ScrollBox({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a box that scrolls cannot be scrolled by keyboard (axe: scrollable-region-focusable).
    <section className="scroll-box" tabIndex={0} aria-label={name}>
      {children}
    </section>
  );
}
