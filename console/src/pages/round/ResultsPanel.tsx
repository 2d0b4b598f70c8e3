import { Link } from '@tanstack/react-router';
import type { RoundDetail } from '../../api/types.ts';
import { Panel } from '../../ui/Panel.tsx';
import { FINDING_STATUS_WORDS, KIND_WORDS, REVIEW_WORDS } from '../../util/words.ts';

const STAGE_WORDS: Readonly<Record<string, string>> = {
  planned: '待采集',
  visited: '已访问首页',
  gathered: '已采集',
  judged: '已判定',
};
const SHOWN = ['breached', 'undetermined'] as const;

/** What came out so far; every number opens its findings. */
export function ResultsPanel({ round }: { readonly round: RoundDetail }) {
  const found = SHOWN.flatMap((status) =>
    round.findings.filter((each) => each.status === status && each.count > 0),
  );
  return (
    <Panel title="结果">
      <div className="round-results">
        {(['site', 'account'] as const).map((kind) => (
          <KindProgress key={kind} round={round} kind={kind} />
        ))}
      </div>
      {found.length === 0 ? (
        <p className="quiet">还没有判出问题。</p>
      ) : (
        <table className="plain-table">
          <caption className="only-read">问题按判断和审核状态的数目</caption>
          <thead>
            <tr>
              <th>判断</th>
              <th>审核</th>
              <th className="number">条数</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ status, review, count }) => (
              <tr key={`${status}:${review}`}>
                <td>{FINDING_STATUS_WORDS[status as (typeof SHOWN)[number]]}</td>
                <td>{REVIEW_WORDS[review as keyof typeof REVIEW_WORDS] ?? review}</td>
                <td className="number">
                  <Link
                    to="/findings"
                    search={{ view: 'all', period: round.period, status, review }}
                  >
                    {count.toLocaleString('zh-CN')}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function KindProgress({ round, kind }: { round: RoundDetail; kind: 'site' | 'account' }) {
  const stages = round.stages.filter((each) => each.kind === kind && each.checked);
  const total = stages.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <strong>
        {KIND_WORDS[kind]} {total.toLocaleString('zh-CN')}
      </strong>
      <p className="quiet">
        {total === 0
          ? '不在范围内'
          : stages
              .map(
                ({ stage, count }) =>
                  `${STAGE_WORDS[stage] ?? stage} ${count.toLocaleString('zh-CN')}`,
              )
              .join('，')}
      </p>
    </div>
  );
}
