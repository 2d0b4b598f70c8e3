import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ParamsOf, RoundItem } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { RoundStateTag } from '../../ui/state-tags.tsx';
import { coverageWords } from '../new-round/round-draft.ts';
import { ClockTag } from './ClockTag.tsx';

const FILTERS: readonly string[] = [];
type Query = NonNullable<ParamsOf<'/api/v1/rounds'>['query']>;

const COLUMNS: readonly ListColumn<RoundItem>[] = [
  {
    title: '批次',
    width: 170,
    render: (round) => (
      <Link to="/rounds/$period" params={{ period: round.period }}>
        {round.label}
      </Link>
    ),
  },
  { title: '状态', width: 100, render: (round) => <RoundStateTag round={round} /> },
  {
    title: '采样时间',
    width: 190,
    render: ({ window: [from, to] }) => `${from} 至 ${to}`,
  },
  { title: '监测时间点', width: 140, render: (round) => <DateText at={round.monitoredAt} /> },
  {
    title: '范围',
    width: 190,
    render: ({ coverage }) => (
      <>
        网站{coverageWords(coverage.sites, 'sites')}；新媒体
        {coverageWords(coverage.accounts, 'accounts')}
      </>
    ),
  },
  {
    title: '规则集',
    width: 170,
    isWideOnly: true,
    render: ({ ruleset }) => (
      <Link
        to="/rulesets/$id"
        params={{ id: ruleset.id }}
        search={{ version: String(ruleset.version) }}
      >
        {ruleset.name.replace(/（.*$/, '')} 第 {ruleset.version} 版
      </Link>
    ),
  },
  { title: '说明', width: 150, render: (round) => <ClockTag round={round} /> },
];

export function RoundsPage() {
  const list = useListQuery(FILTERS);
  const navigate = useNavigate();
  const answer = useGet('/api/v1/rounds', { query: list.query as Query }, { keepsFormer: true });
  const create = (
    <ReasonedButton
      type="primary"
      icon={<PlusOutlined aria-hidden />}
      whyNot={useWhyNot()('round.run')}
      onClick={() => void navigate({ to: '/rounds/new' })}
    >
      新建批次
    </ReasonedButton>
  );
  return (
    <>
      <PageHeader
        title="批次"
        note="一期检查：计划、采集、判定、审核、冻结，之后出通报。"
        actions={create}
      />
      <ListTable
        name="批次"
        list={list}
        answer={answer}
        columns={COLUMNS}
        keyOf={(round) => round.id}
        empty={
          <EmptyState title="还没有批次" action={create}>
            先导入名录，再建一个批次。
          </EmptyState>
        }
      />
    </>
  );
}
