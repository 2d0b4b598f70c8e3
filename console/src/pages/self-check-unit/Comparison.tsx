import { Link, useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { type ListQuery, useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { formatSearch, type Search } from '../../util/search.ts';
import { AgreementBar, AgreementLegend } from '../self-check/AgreementBar.tsx';
import {
  CATEGORY_WORDS,
  type ComparedLine,
  checkedShare,
  openQuestions,
  PROVINCE_WORDS,
  QuestionStand,
  STAND_WORDS,
} from '../self-checks/self-check-words.tsx';
import { QuestionView, ToQuestion } from './QuestionView.tsx';
import type { AskedUnit } from './SelfCheckUnitPage.tsx';

type Compared = AnswerOf<'/api/v1/self-checks/{id}/units/{unitId}/comparison'>;

const FILTERS = ['q', 'category', 'kind', 'stand'] as const;
const KIND_WORDS = { site: '网站', account: '新媒体' } as const;

const columnsOf = (asked: AskedUnit): readonly ListColumn<ComparedLine>[] => [
  {
    title: '名称',
    width: 200,
    render: ({ kind, subjectId, name }) =>
      kind === 'site' ? (
        <Link to="/sites/$id" params={{ id: String(subjectId) }}>
          {name}
        </Link>
      ) : (
        <Link to="/accounts/$id" params={{ id: String(subjectId) }}>
          {name}
        </Link>
      ),
  },
  { title: '比对', width: 150, render: ({ category }) => CATEGORY_WORDS[category] },
  {
    title: '问题',
    width: 250,
    render: ({ rules, cityWords }) => (
      <>
        {rules.join('；')}
        {cityWords.length > 0 && <div className="quiet">市里写：{cityWords.join('；')}</div>}
      </>
    ),
  },
  { title: '市里检查', width: 120, render: ({ checkedOn }) => checkedOn ?? '没有' },
  { title: '省里', width: 120, render: ({ province }) => PROVINCE_WORDS[province] },
  {
    title: '请核对',
    width: 300,
    render: (line) => <Asked asked={asked} line={line} />,
  },
];

interface AskedProps {
  readonly asked: AskedUnit;
  readonly line: ComparedLine;
}

function Asked({ asked, line: { question, key, stand, name } }: AskedProps) {
  if (question === null) return '—';
  if (key === null || stand === null) return question;
  return (
    <>
      {question}
      <div className="self-check-asked">
        <QuestionStand of={stand} />
        <ToQuestion asked={asked} to={key}>
          {stand === 'accepted' ? '查看' : '答复和追问'}
          <span className="only-read">：{name}</span>
        </ToQuestion>
      </div>
    </>
  );
}

/** What the unit submitted beside the province's frozen round, or one question of it. */
export function Comparison({ asked }: { readonly asked: AskedUnit }) {
  const { question } = useSearch({ strict: false }) as Search;
  if (question !== undefined) return <QuestionView asked={{ ...asked, key: question }} />;
  return <Lines asked={asked} />;
}

function Lines({ asked }: { readonly asked: AskedUnit }) {
  const list = useListQuery(FILTERS);
  const compared = useGet(
    '/api/v1/self-checks/{id}/units/{unitId}/comparison',
    { path: asked, query: list.query as never },
    { keepsFormer: true },
  );
  return (
    <Answer of={compared} rows={8}>
      {(data) => (
        <>
          <Numbers compared={data} />
          <Filters asked={asked} list={list} />
          <ListTable<ComparedLine>
            name="比对"
            list={list}
            answer={compared}
            columns={columnsOf(asked)}
            keyOf={(line) =>
              `${line.kind}:${line.subjectId}:${line.category}:${line.rules.join()}:${line.cityRows.join()}`
            }
            empty={<EmptyState title="没有这样的问题">双方没有符合条件的发现。</EmptyState>}
          />
        </>
      )}
    </Answer>
  );
}

function Numbers({ compared }: { readonly compared: Compared }) {
  const { agreement, unitName } = compared;
  const waits = openQuestions(agreement);
  return (
    <Panel title="比对的结果">
      {compared.isAfterFreeze && (
        <Alert
          type="info"
          showIcon
          title="这一版是在省级结果冻结以后报送的，报送时可能已经知道省里的结果。"
        />
      )}
      <AgreementLegend />
      <AgreementBar name={unitName} agreement={agreement} />
      <Properties
        of={[
          [
            '自查结果',
            <span key="version">
              第 {compared.version} 版，
              <DateText at={compared.submittedAt} />
            </span>,
          ],
          ['批次名录里的对象', `${agreement.total} 个`],
          ['市里检查并有结果的', `${agreement.checkedSubjects} 个（${checkedShare(agreement)}）`],
          ['双方都没有发现问题的', `${agreement.agreedGood} 个`],
          ['批次里没有的对象', `${agreement.outsideRound} 个`],
          ['没有对上名录的行', `${agreement.unmatchedRows} 行`],
          ['等市里答复的', `${waits.city} 处`],
          ['等省里认可的', `${waits.province} 处`],
          ['已认可的', `${agreement.questions.accepted} 处`],
        ]}
      />
    </Panel>
  );
}

function Filters({ asked, list }: { readonly asked: AskedUnit; readonly list: ListQuery }) {
  const query = formatSearch(list.filters as Search);
  const path = `/api/v1/self-checks/${asked.id}/units/${asked.unitId}/comparison/export`;
  return (
    <ListFilters
      list={list}
      search={<SearchFilter list={list} name="q" label="名称、主办单位或问题" />}
      actions={
        <ReasonedButton whyNot={null} href={`${path}${query}`} download>
          导出 Excel
        </ReasonedButton>
      }
    >
      <SelectFilter list={list} name="category" label="比对" options={optionsOf(CATEGORY_WORDS)} />
      <SelectFilter list={list} name="stand" label="答复" options={optionsOf(STAND_WORDS)} />
      <SelectFilter list={list} name="kind" label="类别" options={optionsOf(KIND_WORDS)} />
    </ListFilters>
  );
}
