import { Link } from '@tanstack/react-router';
import { sendChange } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { parseSearch } from '../../util/search.ts';
import { MailPanel } from './MailPanel.tsx';

type Notice = ItemOf<'/api/v1/inbox'>;

const FILTERS = ['state'] as const;
const STATE_WORDS = { unread: '未读' } as const;

/** One's own notices, and how one wants them by mail. */
export function InboxPage() {
  const list = useListQuery(FILTERS);
  const inbox = useGet('/api/v1/inbox', { query: list.query }, { keepsFormer: true });
  const newest = inbox.data?.items[0]?.id ?? null;
  const read = useChange({
    change: (what: { ids: number[] } | { upTo: number }) =>
      sendChange('post', '/api/v1/inbox/read', { body: what }),
    refreshes: ['/api/v1/inbox', '/api/v1/inbox/unread'],
  });
  const nothing = (inbox.data?.unread ?? 0) === 0 ? '没有未读的通知。' : null;
  return (
    <>
      <PageHeader
        title="通知"
        note="平台告诉您的事；读过的仍留在这里。"
        actions={
          <ReasonedButton
            whyNot={nothing}
            onClick={() => newest !== null && read.mutate({ upTo: newest })}
          >
            全部标为已读
          </ReasonedButton>
        }
      />
      <ListFilters list={list} search={null}>
        <SelectFilter list={list} name="state" label="状态" options={optionsOf(STATE_WORDS)} />
      </ListFilters>
      <ListTable
        name="通知"
        list={list}
        answer={inbox}
        columns={columnsOf((id) => read.mutate({ ids: [id] }))}
        keyOf={({ id }) => id}
        empty={<EmptyState title="没有通知">有了催办、提醒等，会出现在这里。</EmptyState>}
      />
      <MailPanel />
    </>
  );
}

/** A path of the console with its search, as the router takes them. */
function targetOf(link: string) {
  const { pathname, search } = new URL(link, window.location.origin);
  return { to: pathname as '/', search: parseSearch(search) };
}

function columnsOf(read: (id: number) => void): readonly ListColumn<Notice>[] {
  return [
    {
      title: '事由',
      width: 200,
      render: ({ id, title, link, readAt, urgent }) => {
        const words = readAt === null ? <strong>{title}</strong> : title;
        return (
          <>
            {urgent && <StateTag tone="warn">急</StateTag>}{' '}
            {link === null ? (
              words
            ) : (
              <Link {...targetOf(link)} onClick={() => read(id)}>
                {words}
              </Link>
            )}
          </>
        );
      },
    },
    {
      title: '内容',
      width: 420,
      render: ({ text }) => <span className="notice-text">{text}</span>,
    },
    { title: '种类', width: 130, render: ({ kindName }) => kindName },
    { title: '时间', width: 150, render: ({ madeAt }) => <DateText at={madeAt} /> },
    {
      title: '已读',
      width: 120,
      render: ({ id, readAt }) =>
        readAt === null ? (
          <ReasonedButton size="small" whyNot={null} onClick={() => read(id)}>
            标为已读
          </ReasonedButton>
        ) : (
          <DateText at={readAt} />
        ),
    },
  ];
}
