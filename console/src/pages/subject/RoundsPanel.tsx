import { Link } from '@tanstack/react-router';
import type { SiteDetail } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { VerdictTag } from '../../ui/state-tags.tsx';

interface RoundsPanelProps {
  readonly rounds: SiteDetail['rounds'];
  /** The period whose details stand below. */
  readonly shown: string | null;
}

/** The subject in every round, the newest first; choosing one shows its details below. */
export function RoundsPanel({ rounds, shown }: RoundsPanelProps) {
  return (
    <Panel title="历次检查">
      {rounds.length === 0 ? (
        <EmptyState title="还没有检查过" />
      ) : (
        <ScrollBox name="历次检查表格">
          <table className="plain-table stacks">
            <thead>
              <tr>
                <th scope="col">批次</th>
                <th scope="col">判定</th>
                <th scope="col">监测时间点</th>
                <th scope="col" className="number">
                  成立的问题
                </th>
              </tr>
            </thead>
            <tbody>
              {rounds.map((round) => (
                <tr key={round.period} className={round.period === shown ? 'row-shown' : ''}>
                  <td data-label="批次">
                    {round.checked ? (
                      <Link
                        to="."
                        search={{ period: round.period }}
                        {...(round.period === shown && { 'aria-current': 'true' })}
                      >
                        {round.label}
                      </Link>
                    ) : (
                      round.label
                    )}
                  </td>
                  <td data-label="判定">
                    {round.checked ? (
                      <VerdictTag verdict={round.verdict} />
                    ) : (
                      <StateTag tone="plain">未抽到</StateTag>
                    )}
                  </td>
                  <td data-label="监测时间点">
                    <DateText at={round.monitoredAt} />
                  </td>
                  <td data-label="成立的问题" className="number">
                    {round.checked ? round.findings : '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
