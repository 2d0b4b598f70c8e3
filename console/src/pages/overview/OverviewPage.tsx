import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Overview } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RoundStateTag } from '../../ui/state-tags.tsx';
import type { Search } from '../../util/search.ts';
import { AlertsWaiting } from '../home/AlertsWaiting.tsx';
import { ImportsWaiting } from '../home/ImportsWaiting.tsx';
import { LifecycleWaiting } from '../home/LifecycleWaiting.tsx';
import { RectificationWaiting } from '../home/RectificationWaiting.tsx';
import { KindNumbers } from './KindNumbers.tsx';
import { ProblemBars } from './ProblemBars.tsx';
import { TrendPanel } from './TrendPanel.tsx';
import { UnitMap } from './UnitMap.tsx';
import { Waiting } from './Waiting.tsx';
import './overview.css';

/** The first page: how the current round stands, where the problems are, and what waits for whoever looks. */
export function OverviewPage() {
  const { period, unitId } = useSearch({ strict: false }) as Search;
  const query = { ...(period && { period }), ...(unitId && { unitId: Number(unitId) }) };
  const overview = useGet('/api/v1/overview', { query }, { keepsFormer: true });
  return (
    <>
      <PageHeader
        title="首页"
        actions={overview.data && <PeriodChoice overview={overview.data} />}
      />
      <RectificationWaiting />
      <LifecycleWaiting />
      <AlertsWaiting />
      <ImportsWaiting />
      <Answer of={overview} rows={10}>
        {(data) => (data.round === null ? <NoRound /> : <Current overview={data} />)}
      </Answer>
    </>
  );
}

function Current({ overview }: { readonly overview: Overview }) {
  const { round } = overview;
  if (round === null) return null;
  return (
    <div className="overview">
      <p className="overview-round">
        <Link to="/rounds/$period" params={{ period: round.period }}>
          <strong>{round.label}</strong>
        </Link>
        <RoundStateTag round={round} />
        <span className="quiet">
          采样时间 <DateText at={round.window[0]} as="date" /> 至{' '}
          <DateText at={round.window[1]} as="date" />
        </span>
        {round.clock === 'replay' && <span className="quiet">补采</span>}
      </p>
      <Waiting waiting={overview.waiting} />
      <div className="overview-kinds">
        <KindNumbers kind="site" numbers={overview.kinds.site} period={round.period} />
        <KindNumbers kind="account" numbers={overview.kinds.account} period={round.period} />
      </div>
      <UnitMap units={overview.units} />
      <div className="two-columns">
        <ProblemBars problems={overview.problems} period={round.period} />
        <TrendPanel trend={overview.trend} />
      </div>
    </div>
  );
}

function PeriodChoice({ overview }: { readonly overview: Overview }) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  if (overview.rounds.length === 0) return null;
  return (
    <label className="period-choice">
      批次{' '}
      <select
        value={overview.round?.period ?? ''}
        onChange={(event) =>
          void navigate({ to: '/', search: { ...search, period: event.target.value } })
        }
      >
        {overview.rounds.map(({ period, label }) => (
          <option key={period} value={period}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function NoRound() {
  return (
    <EmptyState
      title="还没有批次"
      action={
        <p>
          <Link to="/sites">查看名录</Link>　<Link to="/rounds">去建批次</Link>
        </p>
      }
    >
      先导入名录，再新建批次；检查开始后，这里显示合格率、问题分布和待办。
    </EmptyState>
  );
}
