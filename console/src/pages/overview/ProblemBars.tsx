import { Link } from '@tanstack/react-router';
import type { Overview } from '../../api/types.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { KIND_WORDS } from '../../util/words.ts';

interface ProblemBarsProps extends Pick<Overview, 'problems'> {
  readonly period: string;
}

/** Problems by kind, the most frequent first; each opens its findings. */
export function ProblemBars({ problems, period }: ProblemBarsProps) {
  const most = Math.max(1, ...problems.map(({ count }) => count));
  return (
    <Panel title="问题分类">
      {problems.length === 0 ? (
        <EmptyState title="没有成立的问题" />
      ) : (
        <ol className="problem-bars">
          {problems.map(({ ruleId, label, kind, count }) => (
            <li key={`${kind} ${ruleId} ${label}`}>
              <Link to="/findings" search={{ period, kind, ruleId, status: 'breached' }}>
                {label}
              </Link>
              <span className="quiet">{KIND_WORDS[kind]}</span>
              <b>{count}</b>
              <i aria-hidden style={{ width: `${(count / most) * 100}%` }} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
