import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { AddressLink } from '../../ui/AddressLink.tsx';
import { ownAddress } from '../../util/own-address.ts';

const WORDS: Readonly<Record<ItemOf<'/api/v1/rectification/waiting'>['kind'], string>> = {
  case: '件整改事项等您办',
  overdue: '件整改事项逾期',
};

/** Cases of rectification that wait for the one who is signed in, and what is overdue within his sight. */
export function RectificationWaiting() {
  const mayRead = useCan()('rectification.read');
  const waiting = useGet('/api/v1/rectification/waiting', {}, { enabled: mayRead });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="waiting" aria-label="整改待办">
      <h2>整改待办</h2>
      <ul>
        {items.map(({ kind, count, to }) => (
          <li key={kind}>
            <AddressLink href={ownAddress(to)}>
              <strong>{count}</strong> {WORDS[kind]}
            </AddressLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
