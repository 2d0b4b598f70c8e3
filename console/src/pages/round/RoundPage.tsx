import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useEffect } from 'react';
import type { RoundDetail } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useProgress } from '../../hooks/use-progress.ts';
import { Answer } from '../../ui/Answer.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { RoundStateTag } from '../../ui/state-tags.tsx';
import { coverageWords } from '../new-round/round-draft.ts';
import { wholeSitesWords } from '../new-round/whole-sites.ts';
import { ClockTag } from '../rounds/ClockTag.tsx';
import { BlockersPanel } from './BlockersPanel.tsx';
import { ProgressPanel } from './ProgressPanel.tsx';
import { ResultsPanel } from './ResultsPanel.tsx';
import { RoundButtons } from './RoundButtons.tsx';
import './round.css';
import { SubjectsPanel } from './SubjectsPanel.tsx';

/** A running round is asked again this often: the stream tells how far it is, not that its state changed. */
const REFRESH_MS = 5000;

export function RoundPage() {
  const { period } = useParams({ strict: false }) as { period: string };
  const answer = useGet('/api/v1/rounds/{period}', { path: { period } }, { refetchMs: REFRESH_MS });
  return (
    <Answer of={answer} pageTitle="批次">
      {(round) => <Round round={round} onStale={answer.refetch} />}
    </Answer>
  );
}

interface RoundProps {
  readonly round: RoundDetail;
  readonly onStale: () => unknown;
}

function Round({ round, onStale }: RoundProps) {
  const isLive = round.running && !round.paused;
  const live = useProgress(round.period, isLive);
  const stage = live.progress?.stage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is exactly when the rest has to be read again.
  useEffect(() => void onStale(), [stage]);
  const { failure } = round as { failure?: string | null };
  return (
    <>
      <PageHeader
        title={round.label}
        aside={
          <span className="tag-row">
            <RoundStateTag round={round} />
            {(round.clock === 'replay' || round.reviewWaived !== null) && (
              <ClockTag round={round} />
            )}
          </span>
        }
        back={{ to: '/rounds', words: '批次' }}
        actions={<RoundButtons round={round} />}
      />
      {failure && !isLive && (
        <Alert type="error" showIcon title="上一次运行提前停下" description={failure} />
      )}
      {(isLive || round.paused) && (
        <ProgressPanel
          round={round}
          progress={live.progress ?? round.progress}
          isLive={live.isConnected}
        />
      )}
      <div className="round-columns">
        <ResultsPanel round={round} />
        <BlockersPanel round={round} />
      </div>
      <RoundFacts round={round} />
      <SubjectsPanel round={round} />
    </>
  );
}

function RoundFacts({ round }: { readonly round: RoundDetail }) {
  const { coverage, ruleset, totals } = round;
  const [from, to] = round.window;
  return (
    <Panel title="这一批次">
      <Properties
        of={[
          ['采样时间', `${from} 至 ${to}`],
          ['监测时间点', <DateText key="m" at={round.monitoredAt} />],
          ['政府网站', coverageWords(coverage.sites, 'sites')],
          ['政务新媒体', coverageWords(coverage.accounts, 'accounts')],
          ['全站普查', wholeSitesWords(round.wholeSites)],
          ['采集方式', round.clock === 'live' ? '实时' : '补采'],
          [
            '规则集',
            <span key="r">
              <Link
                to="/rulesets/$id"
                params={{ id: ruleset.id }}
                search={{ version: String(ruleset.version) }}
              >
                {ruleset.name}
              </Link>{' '}
              <CopyText text={ruleset.hash} shown={ruleset.hash.slice(0, 8)} />
            </span>,
          ],
          ['建立时间', <DateText key="c" at={round.createdAt} />],
          ['冻结时间', <DateText key="f" at={round.frozenAt} never="还没有冻结" />],
          ['页面', totals.pages.toLocaleString('zh-CN')],
          ['首页访问', totals.probes.toLocaleString('zh-CN')],
          ['账号动态', totals.feeds.toLocaleString('zh-CN')],
        ]}
      />
    </Panel>
  );
}
