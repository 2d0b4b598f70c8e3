import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { todayOn } from '../../util/dates.ts';
import { DeadlineText } from '../rectification/rectification-words.tsx';
import { STEP_REFRESHES } from '../rectification-case/use-step.ts';

/** Rounds that are offered: the newest. */
const ROUNDS_MAX = 50;

/** Chooses an issued round, shows what would go to whom and until when, and sends the notices out. */
export function MakeNotices() {
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const [deadlineOn, setDeadline] = useState('');
  const rounds = useGet('/api/v1/rounds', { query: { limit: ROUNDS_MAX } });
  const issued = (rounds.data?.items ?? []).filter(({ state }) => state === 'issued');
  const period = chosen ?? issued[0]?.period ?? null;
  return (
    <Panel title="下发整改通知">
      <Answer of={rounds} rows={2}>
        {() =>
          period === null ? (
            <p className="quiet">还没有已印发的批次；通报签发、印发以后才能下发整改通知。</p>
          ) : (
            <div className="stack">
              <label htmlFor={id}>批次：</label>
              <select id={id} value={period} onChange={(event) => setChosen(event.target.value)}>
                {issued.map((round) => (
                  <option key={round.period} value={round.period}>
                    {round.label}
                  </option>
                ))}
              </select>
              <DayField
                label="整改期限（不填就按整改办法的工作日算）："
                value={deadlineOn}
                min={todayOn(new Date())}
                onChange={setDeadline}
              />
              <Preview key={period} period={period} deadlineOn={deadlineOn} />
            </div>
          )
        }
      </Answer>
    </Panel>
  );
}

interface PreviewProps {
  readonly period: string;
  readonly deadlineOn: string;
}

function Preview({ period, deadlineOn }: PreviewProps) {
  const preview = useGet(
    '/api/v1/rectification/issued-rounds/{period}/preview',
    { path: { period }, query: deadlineOn === '' ? {} : { deadlineOn } },
    { keepsFormer: true },
  );
  const open = useChange({
    change: () =>
      sendChange('post', '/api/v1/rectification/issued-rounds/{period}', {
        params: { path: { period } },
        body: { deadlineOn: deadlineOn === '' ? null : deadlineOn },
      }),
    doneWords: ({ notices, cases }) => `已下发 ${notices} 份整改通知，${cases} 件事项`,
    refreshes: [...STEP_REFRESHES, '/api/v1/rectification/issued-rounds/{period}/preview'],
    isErrorShownByCaller: true,
  });
  if (preview.error !== null) return <FormProblem error={preview.error} />;
  return (
    <Answer of={preview} rows={3}>
      {(data) =>
        data.units.length === 0 ? (
          <p className="quiet">这一批次没有要下发的：确认成立的问题都已经下发，或没有。</p>
        ) : (
          <>
            <PreviewTable preview={data} />
            <FormProblem error={open.error} />
            <ConfirmButton
              type="primary"
              whyNot={null}
              loading={open.isPending}
              question={`向 ${data.units.length} 个单位下发整改通知？`}
              consequence="各单位会收到通知，期限从今天起算；不能收回。再做一次不会重复下发。"
              confirmWords="下发"
              onConfirm={() => open.mutateAsync()}
            >
              下发整改通知
            </ConfirmButton>
          </>
        )
      }
    </Answer>
  );
}

type PreviewAnswer = AnswerOf<'/api/v1/rectification/issued-rounds/{period}/preview'>;

function PreviewTable({ preview }: { readonly preview: PreviewAnswer }) {
  const cases = preview.units.reduce((sum, each) => sum + each.cases, 0);
  return (
    <>
      <p>
        将下发 {preview.units.length} 份、{cases} 件，期限 <DeadlineText given={preview} />。
      </p>
      <ScrollBox name="将下发的单位">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col" className="number">
                事项
              </th>
              <th scope="col">其中接着办上期的</th>
            </tr>
          </thead>
          <tbody>
            {preview.units.map(({ unitId, unitName, cases: own, continued }) => (
              <tr key={unitId}>
                <th scope="row">{unitName}</th>
                <td className="number">{own}</td>
                <td>{continued === 0 ? '—' : continued}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
