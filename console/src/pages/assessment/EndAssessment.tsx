import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ASSESSMENT_REFRESHES, type AssessmentDetail } from '../assessments/assessment-words.tsx';

interface EndProps {
  readonly given: AssessmentDetail;
}

/** The publication of the result, by somebody who reviewed no unit, and the end without a result. */
export function EndAssessment({ given }: EndProps) {
  return (
    <>
      {given.may.publish !== undefined && <Publish given={given} whyNot={given.may.publish} />}
      {given.may.withdraw && <Withdraw given={given} />}
    </>
  );
}

function Publish({
  given: { head, units },
  whyNot,
}: EndProps & { readonly whyNot: string | null }) {
  const publish = useChange({
    change: () =>
      sendChange('post', '/api/v1/assessments/{id}/publication', {
        params: { path: { id: head.id } },
      }),
    doneWords: '已公布，各单位会收到通知',
    refreshes: ASSESSMENT_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="公布结果">
      <div className="stack">
        <p>各单位都核定以后，由没有参加核定的另一个人公布。公布以后结果和名次不再改。</p>
        <FormProblem error={publish.error} />
        <ConfirmButton
          type="primary"
          whyNot={whyNot}
          question={`公布 ${head.year} 年的考核结果？`}
          consequence={`${units.length} 个单位的得分和名次对全部单位公开，公布以后不能再改。`}
          confirmWords="公布"
          onConfirm={() => publish.mutateAsync()}
        >
          公布结果
        </ConfirmButton>
        {whyNot !== null && <p className="quiet">{whyNot}</p>}
      </div>
    </Panel>
  );
}

function Withdraw({ given: { head } }: EndProps) {
  const [reason, setReason] = useState('');
  const withdraw = useChange({
    change: () =>
      sendChange('post', '/api/v1/assessments/{id}/withdrawal', {
        ...{ params: { path: { id: head.id } }, body: { reason: reason.trim() } },
      }),
    doneWords: '已撤销',
    refreshes: ASSESSMENT_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>撤销这次考核…</summary>
      <div className="stack">
        <p className="quiet">开错了的可以撤销；撤销以后这一年可以重新开始，已填的不带过去。</p>
        <WordsField label="撤销的理由：" value={reason} max={500} onChange={setReason} />
        <FormProblem error={withdraw.error} />
        <ConfirmButton
          danger
          whyNot={reason.trim() === '' ? '请先写明理由。' : null}
          question="撤销这次考核？"
          consequence="撤销以后不能恢复；这一年可以重新开始。"
          confirmWords="撤销考核"
          onConfirm={() => withdraw.mutateAsync()}
        >
          撤销考核
        </ConfirmButton>
      </div>
    </details>
  );
}
