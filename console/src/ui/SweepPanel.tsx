import { sendChange } from '../api/client.ts';
import type { AnswerOf } from '../api/types.ts';
import { useChange } from '../hooks/use-change.ts';
import { useGet } from '../hooks/use-get.ts';
import { useCan, useWhyNot } from '../hooks/use-session.ts';
import { SOURCE_KIND_WORDS, SOURCE_STATE_WORDS } from '../util/words.ts';
import { Answer } from './Answer.tsx';
import { ConfirmButton } from './ConfirmButton.tsx';
import { DateText } from './DateText.tsx';
import { Panel } from './Panel.tsx';
import { Properties } from './Properties.tsx';
import { StateTag } from './StateTag.tsx';

type Sweeps = AnswerOf<'/api/v1/account-sweeps'>;
type Sweep = NonNullable<Sweeps['newest']>;

const PATH = '/api/v1/account-sweeps';
const REFRESH_MS = 5000;

/** The newest sweep of the accounts, how it goes on, and beginning one; nothing for whoever may not see it. */
export function SweepPanel() {
  const mayRead = useCan()('sweep.read');
  const sweeps = useGet(PATH, {}, { refetchMs: REFRESH_MS, enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Panel
      title="账号巡看"
      aside={<SweepNow isRunning={sweeps.data?.newest?.state === 'running'} />}
    >
      <Answer of={sweeps} rows={3}>
        {(data) => (
          <>
            {data.newest === null ? (
              <p className="quiet">还没有巡看过：账号的信源还没有看过。</p>
            ) : (
              <NewestSweep sweep={data.newest} />
            )}
            <NextSweep {...data} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

function SweepNow({ isRunning }: { readonly isRunning: boolean }) {
  const mayNot = useWhyNot()('sweep.run');
  const begin = useChange({
    change: () => sendChange('post', PATH, {}),
    doneWords: '已开始巡看',
    refreshes: [PATH],
  });
  return (
    <ConfirmButton
      size="small"
      whyNot={mayNot ?? (isRunning ? '正在巡看，请等它结束' : null)}
      question="现在巡看一遍？"
      consequence="在后台查看到期的信源；三小时内看过的、因额度停看的不再看。会用掉各平台当天的一部分额度。"
      confirmWords="巡看"
      onConfirm={() => begin.mutateAsync()}
    >
      现在巡看
    </ConfirmButton>
  );
}

const count = (value: number): string => value.toLocaleString('zh-CN');

function NewestSweep({ sweep }: { readonly sweep: Sweep }) {
  const { state, total, asked, told, postponed, accounts } = sweep;
  return (
    <>
      <p className="tag-row">
        <SweepState sweep={sweep} />
        <span>
          <DateText at={sweep.startedAt} /> 开始，{sweep.startedBy}
          {sweep.endedAt !== null && (
            <>
              ，<DateText at={sweep.endedAt} /> 结束
            </>
          )}
        </span>
      </p>
      {state === 'running' && (
        <progress
          aria-label="巡看的进度"
          className="sweep-progress"
          max={Math.max(1, total)}
          value={asked}
        />
      )}
      <Properties
        of={[
          [
            '看了',
            `${accounts === null ? '' : `${count(accounts)} 个账号，`}${count(asked)}/${count(total)} 个信源`,
          ],
          ['读到内容', `${count(told)} 个信源`],
          ['没能看到', unobservedWords(sweep)],
          ['因额度推迟', postponed === 0 ? '没有' : `${count(postponed)} 个信源`],
        ]}
      />
      {Object.entries(sweep.stops).map(([kind, until]) => (
        <p key={kind}>
          {SOURCE_KIND_WORDS[kind as keyof typeof SOURCE_KIND_WORDS]}的总额度用完：
          <DateText at={until ?? null} /> 以后再看。
        </p>
      ))}
    </>
  );
}

function SweepState({ sweep: { state, asked, total } }: { readonly sweep: Sweep }) {
  if (state === 'running')
    return (
      <StateTag tone="busy">
        正在巡看 {count(asked)}/{count(total)}
      </StateTag>
    );
  return state === 'done' ? (
    <StateTag tone="good">巡看完成</StateTag>
  ) : (
    <StateTag tone="warn">中途停下，下一次接着看</StateTag>
  );
}

/** Not seen is not “not updated”: so many of each reason. */
function unobservedWords({ states, asked, told }: Sweep): string {
  if (asked === told) return '没有';
  const reasons = Object.entries(states)
    .filter(([state, number]) => state !== 'ok' && number !== undefined)
    .map(
      ([state, number]) =>
        `${SOURCE_STATE_WORDS[state as keyof typeof SOURCE_STATE_WORDS]} ${count(number ?? 0)}`,
    );
  const all = `${count(asked - told)} 个信源`;
  return reasons.length === 0 ? all : `${all}（${reasons.join('，')}）`;
}

function NextSweep({ daily, simulated }: Pick<Sweeps, 'daily' | 'simulated'>) {
  return (
    <>
      <p className="quiet">
        {daily === null ? (
          '每天的巡看没有开（XUNJIAN_SWEEP_AT=off）。'
        ) : (
          <>
            下一次自动巡看：
            {daily.isRunning ? '正在进行' : <DateText at={daily.nextAt} />}。
          </>
        )}
      </p>
      {daily !== null && daily.problem !== '' && (
        <p>
          <StateTag tone="warn">上一次自动巡看没有办成</StateTag> {daily.problem}
        </p>
      )}
      {simulated > 0 && (
        <p className="quiet">
          样例省的 {count(simulated)} 个信源在模拟环境里（.test
          域名），自动巡看不看它们；模拟省开着时可以用 xunjian accounts sweep --resolve 看。
        </p>
      )}
    </>
  );
}
