import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { severityWords, wordClassWords } from '../../util/survey-words.ts';
import { IgnoreForm } from './IgnoreForm.tsx';

type Ignore = ItemOf<'/api/v1/text-ignores'>;

const NO_FILTERS: readonly string[] = [];

const COLUMNS: readonly ListColumn<Ignore>[] = [
  { title: '文字', width: 130, render: ({ text }) => <span className="break-all">{text}</span> },
  { title: '问题类别', width: 90, render: ({ class: of }) => wordClassWords(of) },
  { title: '程度', width: 130, render: ({ severity }) => severityWords(severity) },
  { title: '状态', width: 125, render: (one) => <Standing ignore={one} /> },
  {
    title: '在哪里',
    width: 150,
    render: ({ urlPrefix }) => <span className="break-all">{urlPrefix || '全部网页'}</span>,
  },
  { title: '有效到', width: 100, render: ({ until }) => until ?? '一直' },
  { title: '理由', width: 140, render: ({ reason }) => reason },
  {
    title: '谁决定的',
    width: 150,
    render: ({ decidedBy, decidedAt, confirmedBy }) => (
      <>
        {decidedBy} <DateText at={decidedAt} />
        {confirmedBy !== null && `；${confirmedBy} 确认`}
      </>
    ),
  },
  { title: '撤回', width: 80, render: (one) => <ForgetButton ignore={one} /> },
];

/** What people decided to be no problem: what, where, why, who, until when; and taking it back. */
export function IgnoresPage() {
  const list = useListQuery(NO_FILTERS);
  const ignores = useGet('/api/v1/text-ignores', { query: list.query }, { keepsFormer: true });
  const whyNot = useWhyNot()('ruleset.change');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHeader
        title="忽略的表述"
        note="检查文字时不再提示，只计数。疑似严重表述错误的，要两个不同的人各说一次才算。"
        actions={
          <>
            <Link to="/lexicons">各词库</Link>
            <ReasonedButton type="primary" whyNot={whyNot} onClick={() => setOpen(true)}>
              新增忽略
            </ReasonedButton>
          </>
        }
      />
      {isOpen && <IgnoreForm onClose={() => setOpen(false)} />}
      <ListTable
        name="忽略"
        list={list}
        answer={ignores}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={<EmptyState title="没有忽略的表述">发现误报时，可以在这里记下来。</EmptyState>}
      />
    </>
  );
}

function Standing({ ignore: { isInForce, severity, confirmedBy } }: { readonly ignore: Ignore }) {
  if (isInForce) return <StateTag tone="good">有效</StateTag>;
  return severity === 'veto' && confirmedBy === null ? (
    <StateTag tone="waiting">等另一人确认</StateTag>
  ) : (
    <StateTag tone="plain">已过期</StateTag>
  );
}

function ForgetButton({ ignore: { id, text } }: { readonly ignore: Ignore }) {
  const whyNot = useWhyNot()('ruleset.change');
  const forget = useChange({
    change: () => sendChange('delete', '/api/v1/text-ignores/{id}', { params: { path: { id } } }),
    doneWords: '已撤回，以后照样提示',
    refreshes: ['/api/v1/text-ignores'],
  });
  return (
    <ConfirmButton
      size="small"
      whyNot={whyNot}
      aria-label={`撤回对“${text}”的忽略`}
      loading={forget.isPending}
      question={`不再忽略“${text}”？`}
      consequence="从下一次检查起照样提示；操作记录里留有原来的理由。"
      confirmWords="撤回"
      onConfirm={() => forget.mutateAsync()}
    >
      撤回
    </ConfirmButton>
  );
}
