import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SELF_CHECK_REFRESHES } from '../self-checks/self-check-words.tsx';
import type { AskedUnit, HandInAnswer } from './SelfCheckUnitPage.tsx';

interface DraftStepsProps {
  readonly asked: AskedUnit;
  readonly draft: HandInAnswer['versions'][number];
  readonly revision: number;
}

/** What may be done with a draft: submit it, or throw it away. */
export function DraftSteps({ asked, draft, revision }: DraftStepsProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const isCorrection = draft.version > 1;
  const submit = useChange({
    change: () =>
      sendChange('post', '/api/v1/self-checks/{id}/units/{unitId}/submission', {
        params: { path: asked },
        body: { revision, reason },
      }),
    doneWords: '已报送',
    refreshes: SELF_CHECK_REFRESHES,
    isErrorShownByCaller: true,
  });
  const discard = useChange({
    change: () =>
      sendChange('post', '/api/v1/self-checks/{id}/units/{unitId}/discarding', {
        params: { path: asked },
        body: { revision },
      }),
    doneWords: '草稿已放弃',
    refreshes: SELF_CHECK_REFRESHES,
  });
  return (
    <Panel title={isCorrection ? `草稿：第 ${draft.version} 版（更正）` : '草稿'}>
      <p>
        {draft.fileName}：{draft.rows} 行，{draft.bad} 处问题；没有对上名录 {draft.unmatched}{' '}
        行，与前面重复 {draft.repeated} 行（只算一次）。
      </p>
      {isCorrection && (
        <>
          <label htmlFor={id}>更正的原因</label>
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      )}
      <FormProblem error={submit.error} />
      <div className="self-check-steps">
        <ConfirmButton
          type="primary"
          whyNot={isCorrection && reason.trim() === '' ? '请先写更正的原因。' : null}
          loading={submit.isPending}
          question="报送自查结果？"
          consequence={`${draft.unmatched === 0 ? '' : `还有 ${draft.unmatched} 行没有对上名录，不会参加比对。`}报送以后不能修改；要更正就再导入一版并写明原因。`}
          confirmWords="报送"
          onConfirm={() => submit.mutateAsync()}
        >
          报送
        </ConfirmButton>
        <ConfirmButton
          danger
          loading={discard.isPending}
          question="放弃草稿？"
          consequence="草稿会删除，已报送的不变。"
          confirmWords="放弃"
          onConfirm={() => discard.mutateAsync()}
        >
          放弃草稿
        </ConfirmButton>
      </div>
    </Panel>
  );
}
