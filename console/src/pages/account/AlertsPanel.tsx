import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ALERT_KIND_WORDS } from '../../util/matrix-words.ts';

/** Ended ones come last; at once there is one of each kind. */
const SHOWN = 20;

/** What this account is to be looked at for now; nothing where there is nothing. */
export function AlertsPanel({ id }: { readonly id: number }) {
  const query = { accountId: id, limit: SHOWN } as const;
  const alerts = useGet('/api/v1/account-alerts', { query }, { enabled: useCan()('alert.read') });
  const items = (alerts.data?.items ?? []).filter(({ state }) => state !== 'closed');
  if (items.length === 0) return null;
  return (
    <Panel title="提醒">
      <ul>
        {items.map(({ id: alertId, kind, words, acknowledgedBy, note }) => (
          <li key={alertId}>
            <strong>{ALERT_KIND_WORDS[kind]}</strong>：{words}
            {acknowledgedBy !== null && `（${acknowledgedBy}已知悉${note && `：${note}`}）`}
          </li>
        ))}
      </ul>
      <Link to="/alerts">到“账号提醒”里知悉</Link>
    </Panel>
  );
}
