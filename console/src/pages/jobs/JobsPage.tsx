import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SweepPanel } from '../../ui/SweepPanel.tsx';

type Jobs = AnswerOf<'/api/v1/system/jobs'>;
const REFRESH_MS = 5000;

/** The work in the background: what waits, what runs, what failed. */
export function JobsPage() {
  const answer = useGet('/api/v1/system/jobs', {}, { refetchMs: REFRESH_MS });
  return (
    <NeedsAbility ability="system.read">
      <PageHeader title="任务" note="后台的工作；每五秒更新。" />
      <Answer of={answer}>
        {({ clocks, queues, failed }) => (
          <>
            <SweepPanel />
            <Clocks clocks={clocks} />
            <Queues queues={queues} />
            <Failed failed={failed} />
          </>
        )}
      </Answer>
    </NeedsAbility>
  );
}

function Clocks({ clocks }: Pick<Jobs, 'clocks'>) {
  return (
    <Panel title="定时任务">
      <ScrollBox name="定时任务">
        <table className="plain-table">
          <thead>
            <tr>
              <th>任务</th>
              <th>上一次结束</th>
              <th>下一次</th>
              <th>情况</th>
            </tr>
          </thead>
          <tbody>
            {clocks.map(({ name, words, isRunning, endedAt, nextAt, problem }) => (
              <tr key={name}>
                <th scope="row">{words}</th>
                <td>
                  <DateText at={endedAt} never="还没有" />
                </td>
                <td>{isRunning ? '—' : <DateText at={nextAt} />}</td>
                <td>
                  <ClockState isRunning={isRunning} problem={problem} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

function ClockState({ isRunning, problem }: Pick<Jobs['clocks'][number], 'isRunning' | 'problem'>) {
  if (isRunning) return <StateTag tone="busy">正在做</StateTag>;
  if (problem === '') return <StateTag tone="good">正常</StateTag>;
  return <StateTag tone="warn">没有办成，会再试：{problem}</StateTag>;
}

function Queues({ queues }: Pick<Jobs, 'queues'>) {
  const count = (value: number): string => value.toLocaleString('zh-CN');
  if (queues.length === 0)
    return (
      <Panel title="队列">
        <p className="quiet">还没有任务：批次运行时才有。</p>
      </Panel>
    );
  return (
    <Panel title="队列">
      <ScrollBox name="任务队列">
        <table className="plain-table">
          <thead>
            <tr>
              <th>队列</th>
              <th className="number">等待</th>
              <th className="number">进行</th>
              <th className="number">失败</th>
              <th className="number">完成</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, words, waiting, active, failed, done }) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  {words}
                </th>
                <td className="number">{count(waiting)}</td>
                <td className="number">{count(active)}</td>
                <td className="number">{count(failed)}</td>
                <td className="number">{count(done)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

function Failed({ failed }: Pick<Jobs, 'failed'>) {
  const mayNot = useWhyNot()('system.manage');
  const retry = useChange({
    change: (id: string) =>
      sendChange('post', '/api/v1/system/jobs/{id}/retry', { params: { path: { id } } }),
    doneWords: '已重新排队',
    refreshes: ['/api/v1/system/jobs'],
  });
  return (
    <Panel title="失败的任务">
      {failed.length === 0 ? (
        <p>
          <StateTag tone="good">没有失败的任务</StateTag>
        </p>
      ) : (
        <ul className="failed-jobs">
          {failed.map(({ id, queue, at, error, tries, mayRetry }) => (
            <li key={id}>
              <span>
                <strong>{queue}</strong> <DateText at={at} /> 试过 {tries} 次：{error}
              </span>
              <ConfirmButton
                size="small"
                whyNot={mayNot ?? (mayRetry ? null : '这个任务不能重试')}
                question="重新运行这个任务？"
                consequence="任务可以安全地运行两次。"
                onConfirm={() => retry.mutateAsync(id)}
              >
                重试
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
