import { useState } from 'react';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { AssessedUnit } from '../assessments/assessment-words.tsx';
import { useUnitStep } from './use-unit-step.ts';

const UNIT = '/api/v1/assessments/{id}/units/{unitId}';

/** Ends the review of a unit, gives its report back, or opens the review again. */
export function ReviewUnit({ given }: { readonly given: AssessedUnit }) {
  const { may } = given;
  return (
    <>
      {may.review && <CloseReview given={given} />}
      {may.return && <ReturnReport given={given} />}
    </>
  );
}

function CloseReview({ given }: { readonly given: AssessedUnit }) {
  const { outcome, unitName, state } = given.unit;
  const close = useUnitStep(given, `${UNIT}/review`, '已结束核定');
  const open = outcome.kind === 'undetermined' ? outcome.missing.length : 0;
  return (
    <Panel title="结束核定">
      <div className="stack">
        <p>
          {open > 0
            ? `还有 ${open} 项没有定，先在下面逐项核定。`
            : '各项都定了，可以结束这个单位的核定。'}
        </p>
        <FormProblem error={close.error} />
        <ConfirmButton
          type="primary"
          whyNot={open > 0 ? `还有 ${open} 项没有定。` : null}
          question={`结束“${unitName}”的核定？`}
          consequence={
            state === 'reporting'
              ? '单位还没有报自评；结束以后它不能再报，除非重新打开。'
              : '结束以后等另一个人公布；公布之前还可以重新打开。'
          }
          confirmWords="结束核定"
          onConfirm={() => close.mutateAsync({})}
        >
          结束核定
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function ReturnReport({ given }: { readonly given: AssessedUnit }) {
  const [reason, setReason] = useState('');
  const back = useUnitStep(given, `${UNIT}/return`, '已退回，单位会收到通知');
  const isReviewed = given.unit.state === 'reviewed';
  const words = isReviewed ? '重新打开' : '退回自评';
  return (
    <details className="more case-more">
      <summary>{words}…</summary>
      <div className="stack">
        <p className="quiet">
          {isReviewed
            ? '回到等单位自评；单位可以再报，已核定的各项保留，也可以直接改核定。'
            : '请单位改后再报；已核定的各项保留。'}
        </p>
        <WordsField label="理由（单位会看到）：" value={reason} max={1_000} onChange={setReason} />
        <FormProblem error={back.error} />
        <ConfirmButton
          whyNot={reason.trim() === '' ? '请先写明理由，单位会看到。' : null}
          question={`${words}？`}
          consequence="单位会收到通知，可以改后再报。"
          confirmWords={words}
          onConfirm={() => back.mutateAsync({ reason: reason.trim() })}
        >
          {words}
        </ConfirmButton>
      </div>
    </details>
  );
}
