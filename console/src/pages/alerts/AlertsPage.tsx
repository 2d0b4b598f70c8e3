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
import { ALERT_STATE_WORDS } from '../../util/matrix-words.ts';

type Alert = ItemOf<'/api/v1/account-alerts'>;

const FILTERS = ['state', 'unitId'] as const;
const CLOSED_WORDS: Readonly<Record<NonNullable<Alert['closedWhy']>, string>> = {
  post: '看到了新的发布',
  status: '账号不再运行',
  changed: '情况有变',
};

/** Accounts that near the limit of silence: what is known, how long is left, who took note. */
export function AlertsPage() {
  const list = useListQuery(FILTERS);
  const alerts = useGet('/api/v1/account-alerts', { query: list.query }, { keepsFormer: true });
  const [chosen, setChosen] = useState<Alert | null>(null);
  return (
    <>
      <PageHeader
        title="更新提醒"
        note="账号将到更新期限时提醒一次；看到新的发布自动结束。提醒不是结论，也不进通报。"
      />
      <ListFilters list={list} search={null}>
        <UnitFilter list={list} name="unitId" label="单位及下属" />
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
        empty={<EmptyState title="没有提醒">没有将到更新期限的账号。</EmptyState>}
      />
      {chosen && <AcknowledgeDialog alert={chosen} onClose={() => setChosen(null)} />}
    </>
  );
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
    {
      title: '情况',
      width: 380,
      render: (alert) =>
        alert.state === 'closed'
          ? `已结束：${CLOSED_WORDS[alert.closedWhy ?? 'changed']}（自 ${alert.since ?? '不明'}）`
          : alert.words,
    },
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
