import { Link } from '@tanstack/react-router';
import type { RoundDetail } from '../../api/types.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

/** What stands between the round and its freeze, each leading to its work. */
export function BlockersPanel({ round }: { readonly round: RoundDetail }) {
  const { blockers, period } = round;
  if (round.frozenAt !== null) return <FrozenPanel round={round} />;
  const rows = [
    {
      words: '条问题没有审核完',
      count: blockers.open,
      search: { period, view: 'waiting' },
    },
    {
      words: '条无法判定',
      count: blockers.undetermined,
      search: { period, view: 'undetermined' },
    },
    {
      words: '条申辩没有答复',
      count: blockers.contested,
      search: { period, view: 'contested' },
    },
  ].filter(({ count }) => count > 0);
  return (
    <Panel title="冻结之前">
      {round.state !== 'reviewing' ? (
        <p className="quiet">采集、判定完成后进入审核；审核完才能冻结、出通报。</p>
      ) : rows.length === 0 && blockers.contestRuns === null ? (
        <p>
          <StateTag tone="good">都审核完了，可以冻结</StateTag>
        </p>
      ) : (
        <ul className="blockers">
          {blockers.contestRuns !== null && (
            <li>
              <Link to="/contests" search={{ round: period, stands: 'running' }}>
                <strong>{blockers.contestRuns.letters}</strong> 份申辩告知书没有到期（最晚{' '}
                {blockers.contestRuns.until}）
              </Link>
            </li>
          )}
          {rows.map(({ words, count, search }) => (
            <li key={words}>
              <Link to="/findings" search={search}>
                <strong>{count}</strong> {words}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function FrozenPanel({ round }: { readonly round: RoundDetail }) {
  const { reviewWaived, undeterminedWaived } = round;
  return (
    <Panel title="已冻结">
      <p>批次不再变化。</p>
      {reviewWaived !== null && <p>免予审核：{reviewWaived}。通报只能是草案，不能签发。</p>}
      {undeterminedWaived !== null && <p>无法判定的没有计入：{undeterminedWaived}</p>}
    </Panel>
  );
}
