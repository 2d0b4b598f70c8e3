import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { AddressLink } from '../../ui/AddressLink.tsx';
import { ownAddress } from '../../util/own-address.ts';

const WORDS: Readonly<Record<ItemOf<'/api/v1/account-cases/waiting'>['kind'], string>> = {
  case: '件账号事项等您办',
  upkeep: '项每月维护待本单位确认',
  overdue: '个单位逾期没有确认每月维护',
};

/** Cases and confirmations that wait for the one who is signed in; nothing where nothing waits. */
export function LifecycleWaiting() {
  const waiting = useGet('/api/v1/account-cases/waiting', {}, { enabled: useCan()('case.read') });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="waiting" aria-label="账号事项与每月维护待办">
      <h2>账号与维护待办</h2>
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
