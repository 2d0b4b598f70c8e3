import { Link } from '@tanstack/react-router';
import { sendChange } from '../../api/client.ts';
import type { ItemOf, ParamsOf, RoundDetail } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { pointsText } from '../../util/points.ts';
import { KIND_WORDS } from '../../util/words.ts';
import { roundActions } from './round-actions.ts';

const FILTERS = ['q', 'kind', 'stage', 'verdict', 'unitId'];
type Query = NonNullable<ParamsOf<'/api/v1/rounds/{period}/subjects'>['query']>;
/** `failure`: why it could not be gathered; null when it could. */
type Subject = ItemOf<'/api/v1/rounds/{period}/subjects'> & { readonly failure?: string | null };

const STAGE_WORDS = {
  planned: '待采集',
  visited: '已访问首页',
  gathered: '已采集',
  judged: '已判定',
};
const VERDICT_WORDS = {
  passed: '合格',
  vetoed: '不合格',
  scored: '计分',
  inconclusive: '无法判定',
  none: '尚未判定',
} as const;
const VERDICT_TONES: Readonly<Record<keyof typeof VERDICT_WORDS, Tone>> = {
  passed: 'good',
  vetoed: 'bad',
  scored: 'good',
  inconclusive: 'warn',
  none: 'waiting',
};

/** The subjects of a round, each with its own address, result and retry. */
export function SubjectsPanel({ round }: { readonly round: RoundDetail }) {
  const list = useListQuery(FILTERS);
  const { period } = round;
  const answer = useGet(
    '/api/v1/rounds/{period}/subjects',
    { path: { period }, query: list.query as Query },
    { keepsFormer: true },
  );
  const whyNot = useWhyNot();
  const { retry: whyNotRetry } = roundActions(round, { run: whyNot('round.run'), freeze: null });
  const retry = useChange({
    change: ({ kind, id }: Subject) =>
      sendChange('post', '/api/v1/rounds/{period}/retries', {
        params: { path: { period } },
        body: { kind, subjectId: id },
      }),
    doneWords: '已安排重新采集和判定',
    refreshes: ['/api/v1/rounds/{period}/subjects', '/api/v1/rounds/{period}'],
  });
  const action: ListColumn<Subject> = {
    title: '操作',
    width: 84,
    render: (subject) => (
      <ConfirmButton
        size="small"
        whyNot={whyNotRetry}
        question={`重新检查“${subject.name}”？`}
        consequence="会重新采集并判定；此前的审核意见保留，但要重新审核。"
        onConfirm={() => retry.mutateAsync(subject)}
      >
        重查
      </ConfirmButton>
    ),
  };
  return (
    <section className="round-subjects" aria-label="对象">
      <h2>对象</h2>
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="按名称、标识码、单位查找" />}
      >
        <SelectFilter list={list} name="kind" label="类别" options={optionsOf(KIND_WORDS)} />
        <SelectFilter list={list} name="stage" label="进展" options={optionsOf(STAGE_WORDS)} />
        <SelectFilter list={list} name="verdict" label="结论" options={optionsOf(VERDICT_WORDS)} />
        <UnitFilter list={list} name="unitId" label="单位" />
      </ListFilters>
      <ListTable<Subject>
        name="对象"
        list={list}
        answer={answer}
        columns={[...COLUMNS, action]}
        keyOf={({ kind, id }) => `${kind}:${id}`}
      />
    </section>
  );
}

const COLUMNS: readonly ListColumn<Subject>[] = [
  {
    title: '名称',
    width: 200,
    render: ({ kind, id, name }) => (
      <Link to={kind === 'site' ? '/sites/$id' : '/accounts/$id'} params={{ id: String(id) }}>
        {name}
      </Link>
    ),
  },
  { title: '类别', width: 104, isWideOnly: true, render: ({ kind }) => KIND_WORDS[kind] },
  { title: '标识', width: 180, render: ({ identity }) => identity },
  { title: '单位', width: 150, render: ({ unitName }) => unitName },
  {
    title: '进展',
    width: 104,
    render: ({ checked, stage, failure }) =>
      !checked ? (
        <span className="quiet">不在范围内</span>
      ) : failure ? (
        <span title={failure}>
          <StateTag tone="warn">没有采到</StateTag>
        </span>
      ) : (
        (STAGE_WORDS[stage as keyof typeof STAGE_WORDS] ?? stage)
      ),
  },
  {
    title: '结论',
    width: 110,
    render: ({ verdict }) => {
      const kind = verdict?.kind ?? 'none';
      if (verdict?.centipoints === undefined)
        return <StateTag tone={VERDICT_TONES[kind]}>{VERDICT_WORDS[kind]}</StateTag>;
      const tone = verdict.passes === false ? 'bad' : 'good';
      return <StateTag tone={tone}>{pointsText(verdict.centipoints)} 分</StateTag>;
    },
  },
  {
    title: '监测时间点',
    width: 140,
    isWideOnly: true,
    render: ({ monitoredAt }) => <DateText at={monitoredAt} />,
  },
];
