import { Link, useSearch } from '@tanstack/react-router';
import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Search } from '../../util/search.ts';
import { DeadlineText } from '../rectification/rectification-words.tsx';
import { LetterStanding } from './LetterStanding.tsx';
import { LetterText } from './LetterText.tsx';
import { ShowFindings } from './ShowFindings.tsx';

type Letter = ItemOf<'/api/v1/contest-letters'>;

const FILTERS: readonly string[] = ['round', 'stands'];

const COLUMNS: readonly ListColumn<Letter>[] = [
  {
    title: '文号',
    width: 190,
    render: ({ id, number }) => (
      <Link to="/contests" search={{ letter: String(id) }}>
        {number}
      </Link>
    ),
  },
  { title: '单位', width: 160, render: ({ unit }) => unit.name },
  { title: '批次', width: 110, render: ({ period }) => period },
  { title: '问题', width: 70, render: ({ findings }) => findings },
  { title: '申辩', width: 70, render: ({ objections }) => objections },
  { title: '申辩截止', width: 130, render: (letter) => <DeadlineText given={letter} /> },
  { title: '进展', width: 240, render: (letter) => <LetterStanding letter={letter} /> },
];

/** Letters that show units their findings before publication, and what became of them. */
export function ContestsPage() {
  return (
    <NeedsAbility ability="finding.read">
      <Letters />
    </NeedsAbility>
  );
}

function Letters() {
  const { letter } = useSearch({ strict: false }) as Search;
  const mayShow = useCan()('rectification.open');
  const list = useListQuery(FILTERS);
  const letters = useGet('/api/v1/contest-letters', { query: list.query }, { keepsFormer: true });
  return (
    <>
      <PageHeader
        title="公布前核对"
        note="结果公布以前，把问题和证据给各单位核对；期限内可以申辩，到期没有提出的按无异议办理。"
        back={{ to: '/findings', words: '问题' }}
      />
      {letter !== undefined && <LetterText key={letter} id={Number(letter)} />}
      {mayShow && letter === undefined && <ShowFindings />}
      <ListTable
        name="申辩告知书"
        list={list}
        answer={letters}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有申辩告知书">
            批次判定完成以后，由主管单位在这里把问题给各单位核对。
          </EmptyState>
        }
      />
    </>
  );
}
