import { Link } from '@tanstack/react-router';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { optionsOf, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ALERT_KIND_WORDS, ALERT_STATE_WORDS } from '../../util/matrix-words.ts';

type Alert = ItemOf<'/api/v1/account-alerts'>;

const FILTERS = ['kind', 'state', 'unitId'] as const;
const CLOSED_WORDS: Readonly<Record<NonNullable<Alert['closedWhy']>, string>> = {
  post: '看到了新的发布',
  status: '账号的状态变了',
  changed: '情况有变',
};

/** Accounts that near the limit of silence or are not what is registered: what is known, from where, who took note. */
export function AlertsPage() {
  const list = useListQuery(FILTERS);
  const alerts = useGet('/api/v1/account-alerts', { query: list.query }, { keepsFormer: true });
  const [chosen, setChosen] = useState<Alert | null>(null);
  return (
    <>
      <PageHeader
        title="账号提醒"
        note="账号将到更新期限、或看到的与登记不一致时提醒一次；看到新的发布、或与登记一致了，自动结束。提醒不是结论，也不进通报。"
      />
      <ListFilters list={list} search={null}>
        <UnitFilter list={list} name="unitId" label="单位及下属" />
        <SelectFilter list={list} name="kind" label="事由" options={optionsOf(ALERT_KIND_WORDS)} />
        <SelectFilter
          list={list}
          name="state"
          label="状态"
          options={optionsOf(ALERT_STATE_WORDS)}
        />
      </ListFilters>
      <ListTable
        name="提醒"
        list={list}
        answer={alerts}
        columns={columnsOf(setChosen)}
        keyOf={({ id }) => id}
        empty={<EmptyState title="没有提醒">没有将到更新期限、或与登记不一致的账号。</EmptyState>}
      />
      {chosen && <AcknowledgeDialog alert={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function situationOf({ state, kind, since, closedWhy, words }: Alert): string {
  if (state !== 'closed') return words;
  const what = kind === 'silence' ? `自 ${since ?? '不明'}` : words;
  return `已结束：${CLOSED_WORDS[closedWhy ?? 'changed']}（${what}）`;
}

function columnsOf(choose: (alert: Alert) => void): readonly ListColumn<Alert>[] {
  return [
    {
      title: '账号',
      width: 180,
      render: ({ accountId, account }) => (
        <Link to="/accounts/$id" params={{ id: String(accountId) }}>
          {account}
        </Link>
      ),
    },
    { title: '代表主体', width: 140, render: ({ unitName }) => unitName },
    { title: '事由', width: 120, render: ({ kind }) => ALERT_KIND_WORDS[kind] },
    { title: '情况', width: 380, render: situationOf },
    { title: '提醒时间', width: 150, render: ({ madeAt }) => <DateText at={madeAt} /> },
    {
      title: '知悉',
      width: 170,
      render: (alert) => <Acknowledged alert={alert} choose={choose} />,
    },
  ];
}

function Acknowledged({
  alert,
  choose,
}: {
  readonly alert: Alert;
  readonly choose: (alert: Alert) => void;
}) {
  const whyNot = useWhyNot()('alert.acknowledge');
  if (alert.acknowledgedBy !== null)
    return (
      <span>
        {alert.acknowledgedBy}
        {alert.note && `：${alert.note}`}
      </span>
    );
  if (alert.state === 'closed') return <span className="quiet">—</span>;
  return (
    <ReasonedButton size="small" whyNot={whyNot} onClick={() => choose(alert)}>
      知悉…
    </ReasonedButton>
  );
}

const NOTE_MAX = 200;

function AcknowledgeDialog({
  alert,
  onClose,
}: {
  readonly alert: Alert;
  readonly onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const acknowledge = useChange({
    change: () =>
      sendChange('post', '/api/v1/account-alerts/{id}/acknowledgement', {
        params: { path: { id: alert.id } },
        body: { note },
      }),
    doneWords: '已记下',
    refreshes: ['/api/v1/account-alerts'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal open title={`知悉：${alert.account}`} onCancel={onClose} footer={null} destroyOnHidden>
      <p>{alert.words}</p>
      <label htmlFor="alert-note">准备怎么办（可不写）</label>
      <Input.TextArea
        id="alert-note"
        value={note}
        rows={2}
        maxLength={NOTE_MAX}
        showCount
        onChange={({ target }) => setNote(target.value)}
      />
      <FormProblem error={acknowledge.error} />
      <ReasonedButton
        type="primary"
        whyNot={null}
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate()}
      >
        知悉
      </ReasonedButton>
    </Modal>
  );
}
