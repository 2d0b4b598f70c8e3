import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';

/** Rounds that are offered: the newest. */
const ROUNDS_MAX = 50;

/** Chooses a round under review, and shows each unit what was found of it. */
export function ShowFindings() {
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const rounds = useGet('/api/v1/rounds', { query: { limit: ROUNDS_MAX } });
  const reviewing = (rounds.data?.items ?? []).filter(({ state }) => state === 'reviewing');
  const period = chosen ?? reviewing[0]?.period ?? null;
  const show = useChange({
    change: (of: string) =>
      sendChange('post', '/api/v1/contest-letters/rounds/{period}', {
        params: { path: { period: of } },
      }),
    doneWords: ({ letters, findings, deadlineOn }) =>
      letters === 0
        ? '没有新确认的问题，没有发出告知书'
        : `已发出 ${letters} 份告知书、${findings} 件问题，申辩到 ${deadlineOn} 为止`,
    refreshes: ['/api/v1/contest-letters', '/api/v1/rounds/{period}'],
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="把问题给单位核对">
      <Answer of={rounds} rows={2}>
        {() =>
          period === null ? (
            <p className="quiet">没有审核中的批次；判定完成以后、冻结以前可以给单位核对。</p>
          ) : (
            <div className="stack">
              <label htmlFor={id}>审核中的批次：</label>
              <select id={id} value={period} onChange={(event) => setChosen(event.target.value)}>
                {reviewing.map((round) => (
                  <option key={round.period} value={round.period}>
                    {round.label}
                  </option>
                ))}
              </select>
              <FormProblem error={show.error} />
              <ConfirmButton
                type="primary"
                whyNot={null}
                loading={show.isPending}
                question="把这一批次已确认的问题给各单位核对？"
                consequence="每个有问题的单位会收到一份告知书，只列审核已经确认的问题；申辩期从今天起算，不能收回；期满以前冻结要写明理由。已经告知过的不再告知。"
                confirmWords="发出告知书"
                onConfirm={() => show.mutateAsync(period)}
              >
                发出告知书
              </ConfirmButton>
              {show.data !== undefined && show.data.unconfirmed > 0 && (
                <p role="status">
                  另有 {show.data.unconfirmed} 件问题还没有审核确认，没有写进告知书。
                  <Link to="/findings" search={{ period, view: 'waiting' }}>
                    去审核
                  </Link>
                  ；确认以后再发一次，只发新增的。
                </p>
              )}
            </div>
          )
        }
      </Answer>
    </Panel>
  );
}
