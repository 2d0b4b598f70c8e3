import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { CASE_KIND_WORDS, type CaseDetail } from '../account-cases/case-words.tsx';
import { CompleteOpening } from './CompleteOpening.tsx';
import { type CaseStep, STEP_REFRESHES, whyNotStep } from './case-steps.ts';
import { Revoke } from './Revoke.tsx';

const NOTE_MAX = 1000;
/** The steps that a case can take now, with what they lead to. */
export function CaseSteps({ given }: { readonly given: CaseDetail }) {
  const isPossible = (...steps: CaseStep[]): boolean =>
    given.maySteps.some(({ step }) => steps.includes(step));
  const isDecider = useCan()('case.review');
  if (given.maySteps.length === 0) return null;
  return (
    <>
      {isDecider && isPossible('review', 'approve') && <Decide given={given} />}
      {isPossible('submit', 'withdraw') && <OwnSteps given={given} />}
      {whyNotStep(given, 'revoke') === null && <Revoke given={given} />}
      {given.kind === 'open' && whyNotStep(given, 'complete') === null && (
        <CompleteOpening given={given} />
      )}
    </>
  );
}

function Decide({ given }: { readonly given: CaseDetail }) {
  const id = useId();
  const [note, setNote] = useState('');
  const isSecond = given.state === 'reviewed';
  const what = isSecond ? '终审' : '初审';
  const path = { id: given.id };
  const decide = useChange({
    change: (decision: 'approve' | 'return' | 'reject') =>
      sendChange('post', '/api/v1/account-cases/{id}/decisions', {
        params: { path },
        body: { decision, note: note.trim(), version: given.version },
      }),
    doneWords: '已办',
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setNote(''),
  });
  const whyNot = whyNotStep(given, isSecond ? 'approve' : 'review') ?? null;
  const whyNotBack = whyNot ?? (note.trim() === '' ? '请先写明理由，申请单位会看到。' : null);
  return (
    <Panel title={what}>
      <div className="stack">
        <label htmlFor={id}>意见（退回、不予批准必须写，申请单位会看到）：</label>
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={NOTE_MAX}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <FormProblem error={decide.error} />
        <div className="button-row">
          <ConfirmButton
            type="primary"
            whyNot={whyNot}
            question={`${what}通过“${CASE_KIND_WORDS[given.kind]} ${given.name}”？`}
            consequence={isSecond ? AFTER_APPROVAL[given.kind] : '之后由主管单位的另一个人终审。'}
            confirmWords="通过"
            onConfirm={() => decide.mutateAsync('approve')}
          >
            {`${what}通过`}
          </ConfirmButton>
          <ConfirmButton
            whyNot={whyNotBack}
            question="退回补正？"
            consequence="申请单位按您的意见修改以后可以再提交。"
            confirmWords="退回"
            onConfirm={() => decide.mutateAsync('return')}
          >
            退回补正
          </ConfirmButton>
          <ConfirmButton
            danger
            whyNot={whyNotBack}
            question="不予批准？"
            consequence="这件事项就此结束，不能再提交；需要时只能另办一件。"
            confirmWords="不予批准"
            onConfirm={() => decide.mutateAsync('reject')}
          >
            不予批准
          </ConfirmButton>
          {whyNotStep(given, 'takeBack') !== undefined && <TakeBack given={given} />}
        </div>
      </div>
    </Panel>
  );
}

const AFTER_APPROVAL: Readonly<Record<CaseDetail['kind'], string>> = {
  open: '账号以“申请中”登记入名录；开通以后由申请单位填账号 ID 办结。',
  enrol: '账号登记入名录，状态为正常运行。',
  change: '名录按变更后的内容修改，原来的内容留在变更记录里。',
  suspend: '名录里的状态改为暂停。',
  resume: '名录里的状态改为正常运行。',
  close: '名录里的状态改为关停中；发布公告、登记公告网址以后办结。',
  deregister: '名录里的状态改为已注销。',
};

function TakeBack({ given }: { readonly given: CaseDetail }) {
  const takeBack = useChange({
    change: () =>
      sendChange('delete', '/api/v1/account-cases/{id}/decisions', {
        params: { path: { id: given.id } },
      }),
    doneWords: '已收回',
    refreshes: STEP_REFRESHES,
  });
  return (
    <ConfirmButton
      whyNot={whyNotStep(given, 'takeBack') ?? null}
      question="收回初审？"
      consequence="事项回到待初审。"
      confirmWords="收回"
      onConfirm={() => takeBack.mutateAsync()}
    >
      收回初审
    </ConfirmButton>
  );
}

function OwnSteps({ given }: { readonly given: CaseDetail }) {
  const id = useId();
  const [note, setNote] = useState('');
  const path = { id: given.id };
  const submit = useChange({
    change: () => sendChange('post', '/api/v1/account-cases/{id}/submission', { params: { path } }),
    doneWords: '已提交，等待初审',
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
  });
  const withdraw = useChange({
    change: () =>
      sendChange('post', '/api/v1/account-cases/{id}/withdrawal', {
        params: { path },
        body: { note: note.trim() },
      }),
    doneWords: '已撤回',
    refreshes: STEP_REFRESHES,
  });
  const whyNotSubmit = whyNotStep(given, 'submit');
  const whyNotWithdraw = whyNotStep(given, 'withdraw') ?? null;
  // Whoever decides is not shown what only the applying side does.
  if (whyNotSubmit === undefined && whyNotWithdraw !== null) return null;
  return (
    <Panel title={whyNotSubmit === undefined ? '撤回' : '提交'}>
      <FormProblem error={submit.error} />
      <div className="stack">
        {whyNotSubmit !== undefined && (
          <ConfirmButton
            type="primary"
            whyNot={whyNotSubmit}
            question="提交这件事项？"
            consequence="提交以后由市（部门）管理员初审、主管单位终审，期间不能修改，可以撤回。"
            confirmWords="提交"
            onConfirm={() => submit.mutateAsync()}
          >
            提交审批
          </ConfirmButton>
        )}
        <label htmlFor={id}>不办了，撤回的原因：</label>
        <Input
          id={id}
          maxLength={NOTE_MAX}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ConfirmButton
          danger
          whyNot={whyNotWithdraw ?? (note.trim() === '' ? '请先写明原因。' : null)}
          question="撤回这件事项？"
          consequence="撤回以后不能恢复，需要时另办一件。"
          confirmWords="撤回"
          onConfirm={() => withdraw.mutateAsync()}
        >
          撤回
        </ConfirmButton>
      </div>
    </Panel>
  );
}
