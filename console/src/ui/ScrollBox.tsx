import { type ReactNode, useEffect, useRef, useState } from 'react';

interface ScrollBoxProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** A box that scrolls inside the page. While it has something to scroll it takes the focus, so that keyboards can. */
export function ScrollBox({ name, children }: ScrollBoxProps) {
  const box = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void =>
      setScrolls(
        element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
      );
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    look();
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={box} className="scroll-box" aria-label={name} {...(scrolls && { tabIndex: 0 })}>
      {children}
    </section>
  );
}
