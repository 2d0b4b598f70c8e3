import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan, useUser } from '../../hooks/use-session.ts';
import { MENU } from '../../layout/menu.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { AlertsWaiting } from './AlertsWaiting.tsx';
import { LifecycleWaiting } from './LifecycleWaiting.tsx';
import { RectificationWaiting } from './RectificationWaiting.tsx';
import './home.css';

/** The first page of sponsors and administrators: what concerns them, and every page that they may open. */
export function WelcomePage() {
  const user = useUser();
  const can = useCan();
  const groups = MENU.map((group) => ({
    ...group,
    entries: group.entries.filter(({ to, ability }) => to !== '/' && ability && can(ability)),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <>
      <PageHeader title="首页" note={`${user?.name ?? ''}，${user?.unit?.name ?? '您好'}`} />
      <RectificationWaiting />
      <LifecycleWaiting />
      <AlertsWaiting />
      {can('finding.read') && <OwnFindings />}
      {groups.map(({ words, entries }) => (
        <Panel key={words} title={words ?? '其他'}>
          <ul className="home-links">
            {entries.map(({ to, words: name, icon: Icon }) => (
              <li key={to}>
                <Link to={to}>
                  <Icon aria-hidden />
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
      {groups.length === 0 && (
        <EmptyState title="还没有给您授权">
          请本单位的安全保密管理员给您授予角色，之后刷新本页。
        </EmptyState>
      )}
    </>
  );
}

/** What was found at the own unit in the newest round, and what became of its contests. */
function OwnFindings() {
  const only = { limit: 1 } as const;
  const found = useGet('/api/v1/findings', { query: { ...only, status: 'breached' } });
  const contested = useGet('/api/v1/findings', { query: { ...only, contested: 'open' } });
  return (
    <Panel title="本单位的问题">
      <Answer of={found} rows={1}>
        {({ total }) => (
          <>
            <p className="quiet">通报公布之前，可以逐条查看证据、提出申辩。</p>
            <ul className="home-links">
              <li>
                <Link to="/findings" search={{ status: 'breached' }}>
                  <strong>{total}</strong> 条问题
                </Link>
              </li>
              <li>
                <Link to="/findings" search={{ contested: 'open' }}>
                  <strong>{contested.data?.total ?? 0}</strong> 条申辩等待答复
                </Link>
              </li>
            </ul>
          </>
        )}
      </Answer>
    </Panel>
  );
}
