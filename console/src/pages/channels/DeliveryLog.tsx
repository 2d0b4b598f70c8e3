import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { optionsOf, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import {
  type Channel,
  DELIVERY_STATE_WORDS,
  DELIVERY_TONES,
  type Delivery,
} from './channel-words.tsx';

const FILTERS = ['state', 'channelId'] as const;

const COLUMNS: readonly ListColumn<Delivery>[] = [
  { title: '消息', width: 260, render: ({ title }) => title },
  { title: '收件人', width: 130, render: ({ receiver }) => receiver },
  { title: '通道', width: 130, render: ({ channel }) => channel },
  {
    title: '结果',
    width: 130,
    render: ({ state }) => (
      <StateTag tone={DELIVERY_TONES[state]}>{DELIVERY_STATE_WORDS[state]}</StateTag>
    ),
  },
  { title: '试过', width: 80, render: ({ tries }) => `${tries} 次` },
  {
    title: '时间',
    width: 190,
    render: ({ endedAt, nextAt, madeAt }) =>
      nextAt === null ? (
        <DateText at={endedAt ?? madeAt} />
      ) : (
        <>
          下一次 <DateText at={nextAt} />
        </>
      ),
  },
  { title: '最后一次说', width: 220, render: ({ words }) => words || '—' },
  { title: '办理', width: 100, render: (delivery) => <Resend delivery={delivery} /> },
];

/** Every message that left the console, the newest first; what did not arrive is sent again from here. */
export function DeliveryLog({ channels }: { readonly channels: readonly Channel[] }) {
  const list = useListQuery(FILTERS);
  const log = useGet('/api/v1/notice-deliveries', { query: list.query }, { keepsFormer: true });
  return (
    <section aria-labelledby="delivery-log">
      <h2 id="delivery-log">发送记录</h2>
      <ListFilters list={list}>
        <SelectFilter
          list={list}
          name="state"
          label="结果"
          options={optionsOf(DELIVERY_STATE_WORDS)}
        />
        <SelectFilter
          list={list}
          name="channelId"
          label="通道"
          options={channels.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      </ListFilters>
      <ListTable
        name="发送记录"
        list={list}
        answer={log}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有发送过">有了启用的通道，新的通知在一分钟内发出。</EmptyState>
        }
      />
    </section>
  );
}

function Resend({ delivery: { id, state, title } }: { readonly delivery: Delivery }) {
  const mayDouble = state === 'uncertain';
  const resend = useChange({
    change: () =>
      sendChange('post', '/api/v1/notice-deliveries/{id}/resend', {
        params: { path: { id } },
        body: { mayDouble },
      }),
    doneWords: '已排队，一分钟内重发',
    refreshes: ['/api/v1/notice-deliveries'],
  });
  const whyNot = useWhyNot()('system.manage');
  if (state !== 'failed' && state !== 'uncertain') return <>—</>;
  return (
    <ConfirmButton
      size="small"
      whyNot={whyNot}
      question={`重发“${title}”？`}
      consequence={
        mayDouble ? '不知道上次有没有送到：重发以后，对方可能收到两次。' : '按原来的内容再发一次。'
      }
      confirmWords="重发"
      onConfirm={() => resend.mutateAsync()}
    >
      重发
    </ConfirmButton>
  );
}
