import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';

/** Accounts that near the limit of silence or are not what is registered, for whoever is to acknowledge it; nothing where none does. */
export function AlertsWaiting() {
  const query = { state: 'open', limit: 1 } as const;
  const alerts = useGet(
    '/api/v1/account-alerts',
    { query },
    { enabled: useCan()('alert.acknowledge') },
  );
  const total = alerts.data?.total ?? 0;
  if (total === 0) return null;
  return (
    <section className="waiting" aria-label="账号提醒">
      <h2>账号提醒</h2>
      <ul>
        <li>
          <Link to="/alerts" search={{ state: 'open' }}>
            <strong>{total}</strong> 条账号提醒（将到更新期限、与登记不一致），待知悉
          </Link>
        </li>
      </ul>
    </section>
  );
}
