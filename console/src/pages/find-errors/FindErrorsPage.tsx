import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  DueText,
  type FindErrorItem,
  FindErrorStateTag,
  STAND_WORDS,
  titleOf,
} from './find-error-words.tsx';
import { ImportMessages } from './ImportMessages.tsx';

const FILTERS = ['q', 'stands', 'unitId'] as const;

const COLUMNS: readonly ListColumn<FindErrorItem>[] = [
  {
    title: '留言',
    width: 220,
    render: (message) => (
      <Link to="/find-errors/$id" params={{ id: String(message.id) }}>
        {titleOf(message)}
      </Link>
    ),
  },
  { title: '内容', width: 250, render: ({ content }) => shortened(content) },
  { title: '承办单位', width: 130, render: ({ unitName }) => unitName ?? '—' },
  { title: '状态', width: 180, render: (message) => <FindErrorStateTag message={message} /> },
  { title: '答复期限', width: 130, render: (message) => <DueText message={message} /> },
  { title: '收到', width: 150, render: ({ receivedAt }) => <DateText at={receivedAt} /> },
];

const SHOWN = 60;
const shortened = (text: string): string => {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}……` : text;
};

/** Messages of 我为政府网站找错: what is open and due first comes first. */
export function FindErrorsPage() {
  return (
    <NeedsAbility ability="finderror.read">
      <Messages />
    </NeedsAbility>
  );
}

function Messages() {
  const list = useListQuery(FILTERS);
  const mayAssign = useCan()('finderror.assign');
  const messages = useGet('/api/v1/find-errors', { query: list.query }, { keepsFormer: true });
  return (
    <>
      <PageHeader
        title="找错留言"
        note="网民经“我为政府网站找错”提交的留言：1 个工作日内交办，3 个工作日内答复；复杂的可以延期，不超过一个月。"
      />
      {mayAssign && <ImportMessages />}
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="编号、网站名称或内容" />}
      >
        <SelectFilter list={list} name="stands" label="状态" options={optionsOf(STAND_WORDS)} />
        <UnitFilter list={list} name="unitId" label="承办单位及下属" />
      </ListFilters>
      <ListTable
        name="找错留言"
        list={list}
        answer={messages}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有找错留言">
            由主管单位导入国家平台的导出文件，或由其他系统经接口送来；网站已登记的自动交给主办单位。
          </EmptyState>
        }
      />
    </>
  );
}
