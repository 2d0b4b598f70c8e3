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
import { MakeNotices } from './MakeNotices.tsx';
import { NoticeText } from './NoticeText.tsx';

type Notice = ItemOf<'/api/v1/rectification/notices'>;

const FILTERS: readonly string[] = ['round'];

const COLUMNS: readonly ListColumn<Notice>[] = [
  {
    title: '文号',
    width: 200,
    render: ({ id, number }) => (
      <Link to="/rectification/notices" search={{ notice: String(id) }}>
        {number}
      </Link>
    ),
  },
  { title: '单位', width: 160, render: ({ unit }) => unit.name },
  { title: '批次', width: 100, render: ({ period }) => period },
  { title: '下发', width: 110, render: ({ noticedOn }) => noticedOn },
  { title: '期限', width: 130, render: (notice) => <DeadlineText given={notice} /> },
  {
    title: '事项',
    width: 80,
    align: 'right',
    render: ({ id, cases }) => (
      <Link to="/rectification" search={{ noticeId: String(id) }}>
        {cases} 件
      </Link>
    ),
  },
  { title: '已签收', width: 80, align: 'right', render: ({ acknowledged }) => acknowledged },
  { title: '已办结', width: 80, align: 'right', render: ({ closed }) => closed },
  {
    title: '公文',
    width: 110,
    render: ({ id, number }) => (
      <a href={`/api/v1/rectification/notices/${id}/notice.docx`} download>
        下载 .docx
        <span className="only-read">：{number}</span>
      </a>
    ),
  },
];

/** Notices of rectification: made of an issued round, one a unit, read and taken away as official documents. */
export function NoticesPage() {
  return (
    <NeedsAbility ability="rectification.read">
      <Notices />
    </NeedsAbility>
  );
}

function Notices() {
  const { notice } = useSearch({ strict: false }) as Search;
  const mayOpen = useCan()('rectification.open');
  const list = useListQuery(FILTERS);
  const notices = useGet(
    '/api/v1/rectification/notices',
    { query: list.query },
    { keepsFormer: true },
  );
  return (
    <>
      <PageHeader
        title="整改通知书"
        note="每期每个单位一份，列出本单位要改的问题；下发以后按期限催办、复核。"
        back={{ to: '/rectification', words: '整改' }}
        actions={mayOpen && <Link to="/notice-templates">文书模板</Link>}
      />
      {notice !== undefined && <NoticeText key={notice} id={Number(notice)} />}
      {mayOpen && notice === undefined && <MakeNotices />}
      <ListTable
        name="整改通知"
        list={list}
        answer={notices}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有整改通知">通报印发以后，由主管单位在这里选批次下发。</EmptyState>
        }
      />
    </>
  );
}
