import { Progress } from 'antd';
import type { RoundDetail, RoundProgress } from '../../api/types.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { durationText } from '../../util/dates.ts';

interface ProgressPanelProps {
  readonly round: RoundDetail;
  readonly progress: RoundProgress | null;
  readonly isLive: boolean;
}

const STAGES = ['访问首页', '采集网站', '全站普查', '采集新媒体', '判定'] as const;

/** Most rounds walk no site whole. */
const stagesOf = ({ wholeSites }: RoundDetail): readonly string[] =>
  STAGES.filter((stage) => stage !== '全站普查' || wholeSites.sites !== 'none');

/** How far a running round is, four times a second at most; it also says when it has lost touch. */
export function ProgressPanel({ round, progress, isLive }: ProgressPanelProps) {
  if (progress === null)
    return (
      <Panel title="进度">
        <p className="quiet">
          {round.paused ? '已暂停；按“继续”从停下的地方接着做。' : '正在准备……'}
        </p>
      </Panel>
    );
  const percent = progress.total > 0 ? Math.floor((progress.done / progress.total) * 100) : 0;
  const stages = stagesOf(round);
  const at = stages.indexOf(progress.stage);
  return (
    <Panel
      title="进度"
      aside={
        round.paused ? (
          <StateTag tone="warn">已暂停</StateTag>
        ) : (
          <StateTag tone={isLive ? 'good' : 'waiting'}>
            {isLive ? '实时更新' : '正在重新连接'}
          </StateTag>
        )
      }
    >
      <Progress
        percent={percent}
        status={round.paused ? 'normal' : 'active'}
        aria-label={`已完成 ${percent}%`}
      />
      <ol className="round-stages" aria-label="阶段">
        {stages.map((stage, index) => (
          <li
            key={stage}
            aria-current={index === at ? 'step' : undefined}
            className={stageLook(index, at)}
          >
            {stage}
          </li>
        ))}
      </ol>
      <ProgressNumbers progress={progress} isPaused={round.paused} />
    </Panel>
  );
}

function ProgressNumbers({ progress, isPaused }: { progress: RoundProgress; isPaused: boolean }) {
  const count = (value: number): string => value.toLocaleString('zh-CN');
  const eta = progress.etaSeconds === null ? '还不知道' : durationText(progress.etaSeconds);
  return (
    <dl className="round-numbers">
      {(
        [
          ['已完成', `${count(progress.done)} / ${count(progress.total)}`],
          ['还需', isPaused ? '—' : eta],
          ['速度', isPaused ? '—' : `${progress.pagesPerSecond} 页/秒`],
          ['页面', count(progress.pages)],
          ['首页访问', count(progress.probes)],
          ['账号动态', count(progress.feeds)],
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function stageLook(index: number, at: number): string {
  if (index === at) return 'stage-here';
  return index < at ? 'stage-done' : '';
}
