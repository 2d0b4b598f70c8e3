import { sendChange } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SELF_CHECK_REFRESHES } from '../self-checks/self-check-words.tsx';
import type { AskedUnit } from './SelfCheckUnitPage.tsx';

type Row = ItemOf<'/api/v1/self-checks/{id}/units/{unitId}/rows'>;

const FILTERS = ['stands'] as const;
const STAND_WORDS = { unmatched: '没有对上名录', repeated: '与前面重复', bad: '有问题' } as const;
const RESULT_WORDS = { good: '正常', bad: '有问题', unclear: '无法判定' } as const;
const MATCH_WORDS = {
  identity: '按标识',
  url: '按网址',
  name: '按名称',
  person: '人选定',
} as const;
const UNMATCHED_WORDS = {
  none: '名录里没有找到',
  several: '名录里有几个，请选',
  contradiction: '标识码和网址指的不是同一个，请选',
  outside: '不是本单位及下级的',
} as const;

interface HandInRowsProps {
  readonly asked: AskedUnit;
  readonly version: number;
  readonly revision: number;
  readonly mayChoose: boolean;
}

/** The rows of one version, each with the subject that it was understood to mean. */
export function HandInRows({ asked, version, revision, mayChoose }: HandInRowsProps) {
  const list = useListQuery(FILTERS);
  const rows = useGet(
    '/api/v1/self-checks/{id}/units/{unitId}/rows',
    { path: asked, query: { ...list.query, version } as never },
    { keepsFormer: true },
  );
  const choose = useChange({
    change: ({
      number,
      subjectId,
    }: {
      readonly number: number;
      readonly subjectId: number | null;
    }) =>
      sendChange('post', '/api/v1/self-checks/{id}/units/{unitId}/rows/{number}/subject', {
        params: { path: { ...asked, number } },
        body: { revision, subjectId },
      }),
    refreshes: SELF_CHECK_REFRESHES,
  });
  const columns: readonly ListColumn<Row>[] = [
    { title: '名称', width: 190, render: ({ name, number }) => `${name}（第 ${number} 行）` },
    {
      title: '对上的名录对象',
      width: 300,
      render: (row) => (
        <Match
          row={row}
          mayChoose={mayChoose}
          isBusy={choose.isPending}
          onChoose={(subjectId) => choose.mutate({ number: row.number, subjectId })}
        />
      ),
    },
    { title: '结果', width: 100, render: ({ result }) => RESULT_WORDS[result] },
    { title: '问题', width: 260, render: (row) => problemOf(row) },
    { title: '检查日期', width: 110, render: ({ checkedOn }) => checkedOn },
  ];
  return (
    <>
      <ListFilters list={list}>
        <SelectFilter list={list} name="stands" label="只看" options={optionsOf(STAND_WORDS)} />
      </ListFilters>
      <ListTable<Row>
        name="自查结果"
        list={list}
        answer={rows}
        columns={columns}
        keyOf={({ number }) => number}
        empty={<EmptyState title="没有这样的行">换一个条件看看。</EmptyState>}
      />
    </>
  );
}

function problemOf({ ruleLabel, problem, repeats }: Row): string {
  const words = [ruleLabel, problem].filter((each) => each !== null && each !== '').join('：');
  return `${words || '—'}${repeats === null ? '' : `（与第 ${repeats} 行重复，只算一次）`}`;
}

interface MatchProps {
  readonly row: Row;
  readonly mayChoose: boolean;
  readonly isBusy: boolean;
  readonly onChoose: (subjectId: number | null) => void;
}

function Match({ row, mayChoose, isBusy, onChoose }: MatchProps) {
  const { subjectName, matchedBy, unmatched, candidates } = row;
  if (matchedBy !== null)
    return (
      <span>
        {subjectName} <span className="quiet">{MATCH_WORDS[matchedBy]}</span>{' '}
        {mayChoose && matchedBy === 'person' && (
          <ReasonedButton
            size="small"
            whyNot={null}
            loading={isBusy}
            aria-label={`改选：${row.name} 第 ${row.number} 行`}
            onClick={() => onChoose(null)}
          >
            改选
          </ReasonedButton>
        )}
      </span>
    );
  return (
    <div>
      <StateTag tone="warn">{UNMATCHED_WORDS[unmatched ?? 'none']}</StateTag>
      {mayChoose && candidates.length > 0 && (
        <div className="self-check-candidates">
          {candidates.map(({ id, name, sponsorName, mark }) => (
            <ReasonedButton
              key={id}
              size="small"
              whyNot={null}
              loading={isBusy}
              aria-label={`选定：第 ${row.number} 行是 ${name} ${mark}`}
              onClick={() => onChoose(id)}
            >
              {name}（{sponsorName}，{mark}）
            </ReasonedButton>
          ))}
        </div>
      )}
    </div>
  );
}
