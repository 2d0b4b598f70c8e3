import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

interface AddressLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A whole address of this console, with its search: what the server or {@link formatSearch} made. */
  readonly href: string;
}

/** A link by address, for addresses that are data; those known when the page is written use the router's Link. */
export function AddressLink({ href, children, onClick, ...rest }: AddressLinkProps) {
  const router = useRouter();
  const go = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const isOurs = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isOurs || event.defaultPrevented) return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <a {...rest} href={href} onClick={go}>
      {children}
    </a>
  );
}
