import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { type DiscoveredDetail, nameOf } from './discovered-words.tsx';

const REFRESHES = [
  '/api/v1/discovered-accounts',
  '/api/v1/discovered-accounts/{id}',
  '/api/v1/account-cases',
  '/api/v1/account-cases/waiting',
] as const;

/** Adopts or dismisses an account, or takes the decision back. */
export function DecideForm({ found }: { readonly found: DiscoveredDetail }) {
  if (found.match === 'matched' && found.state === 'open')
    return <p className="quiet">已在名录里，不用处理。</p>;
  return (
    <Panel title="处理" className="discovered-panel">
      {found.state === 'open' ? (
        <>
          {found.reason !== null && <p className="quiet">{found.reason}</p>}
          <AdoptForm found={found} />
          <DismissForm found={found} />
        </>
      ) : (
        <Decided found={found} />
      )}
    </Panel>
  );
}

function AdoptForm({ found }: { readonly found: DiscoveredDetail }) {
  const nameId = useId();
  const [name, setName] = useState('');
  const [unitId, setUnitId] = useState<number | null>(found.unit.id);
  const whyNot = useWhyNot()('discovery.decide');
  const adopt = useChange({
    change: () =>
      sendChange('post', '/api/v1/discovered-accounts/{id}/adoption', {
        params: { path: { id: found.id } },
        body: {
          ...(unitId === null ? {} : { unitId }),
          ...(name.trim() === '' ? {} : { name: name.trim() }),
        },
      }),
    doneWords: ({ caseId }) => `已纳入，起草了第 ${caseId} 号补登记事项`,
    refreshes: REFRESHES,
    isErrorShownByCaller: true,
  });
  const needsName = found.name === null && name.trim() === '' ? '请先填写账号名称。' : null;
  return (
    <div className="discovered-form">
      {found.name === null && (
        <>
          <label htmlFor={nameId}>账号名称：</label>
          <Input
            id={nameId}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      )}
      <UnitSelect label="负责的单位" value={unitId} onChange={setUnitId} />
      <FormProblem error={adopt.error} />
      <ReasonedButton
        type="primary"
        whyNot={whyNot ?? needsName}
        loading={adopt.isPending}
        onClick={() => adopt.mutate()}
      >
        纳入名录
      </ReasonedButton>
    </div>
  );
}

function DismissForm({ found }: { readonly found: DiscoveredDetail }) {
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const whyNot = useWhyNot()('discovery.decide');
  const dismiss = useChange({
    change: () =>
      sendChange('post', '/api/v1/discovered-accounts/{id}/dismissal', {
        params: { path: { id: found.id } },
        body: { reason: reason.trim() },
      }),
    doneWords: '不予纳入，没有变化就不再列出',
    refreshes: REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <div className="discovered-form">
      <label htmlFor={reasonId}>为什么不予纳入：</label>
      <Input
        id={reasonId}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <FormProblem error={dismiss.error} />
      <ReasonedButton
        whyNot={whyNot ?? (reason.trim() === '' ? '请先写明理由。' : null)}
        loading={dismiss.isPending}
        onClick={() => dismiss.mutate()}
      >
        不予纳入
      </ReasonedButton>
    </div>
  );
}

function Decided({ found }: { readonly found: DiscoveredDetail }) {
  const whyNot = useWhyNot()('discovery.decide');
  const reopen = useChange({
    change: () =>
      sendChange('delete', '/api/v1/discovered-accounts/{id}/decision', {
        params: { path: { id: found.id } },
      }),
    doneWords: '已撤回，重新待处理',
    refreshes: REFRESHES,
  });
  const isAdopted = found.state === 'adopted';
  return (
    <>
      <p>
        {found.decidedBy} 于 <DateText at={found.decidedAt} /> 决定
        {isAdopted ? '纳入名录' : `不予纳入：${found.reason ?? ''}`}
        {found.caseId !== null && (
          <>
            ，
            <Link to="/account-cases/$id" params={{ id: String(found.caseId) }}>
              第 {found.caseId} 号事项
            </Link>
          </>
        )}
      </p>
      <ConfirmButton
        whyNot={whyNot}
        loading={reopen.isPending}
        question={`撤回对“${nameOf(found)}”的决定？`}
        consequence={
          isAdopted
            ? '还没有办完的补登记事项一并撤回。'
            : '这条线索重新待处理；操作记录里留有原来的理由。'
        }
        confirmWords="撤回"
        onConfirm={() => reopen.mutateAsync()}
      >
        撤回决定
      </ConfirmButton>
    </>
  );
}
