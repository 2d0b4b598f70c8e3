import { useState } from 'react';
import { WordsField } from '../../forms/WordsField.tsx';
import { useCan } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';
import { CaseFiles } from './AnswerFiles.tsx';
import { StepProblem } from './StepProblem.tsx';
import { useStep, whyNotStep } from './use-step.ts';

/** The unit's leader, another person than the one who answered, submits the answer or sends it back. */
export function LeaderSteps({ given }: { readonly given: RectificationDetail }) {
  const can = useCan();
  const [note, setNote] = useState('');
  const done = () => setNote('');
  const approve = useStep(given, '已上报，系统正在复核', done);
  const sendBack = useStep(given, '已退回经办人', done);
  if (given.state !== 'answered' || !can('rectification.approve')) return null;
  const answer = given.steps.findLast(({ step }) => step === 'answer');
  const notBack = note.trim() === '' ? '请先写明退回的原因，经办人会看到。' : null;
  return (
    <Panel title="单位负责人审核">
      <div className="stack">
        {answer && (
          <blockquote className="case-answer">
            <strong>{answer.by}</strong> 填报：
            <p className="keep-lines">{answer.note}</p>
            <CaseFiles
              caseId={given.id}
              files={given.files.filter(({ stepId }) => stepId === answer.id)}
            />
          </blockquote>
        )}
        <WordsField label="审核意见（退回经办人必须写）：" value={note} onChange={setNote} />
        <StepProblem error={approve.error ?? sendBack.error} />
        <div className="button-row">
          <ConfirmButton
            type="primary"
            whyNot={whyNotStep(given, 'approve')}
            question="同意这次填报，上报主管单位？"
            consequence="上报以后系统按原指标复核，再由主管单位确认；不能收回。"
            confirmWords="上报"
            onConfirm={() => approve.mutateAsync({ step: 'approve', note: note.trim() })}
          >
            审核上报
          </ConfirmButton>
          <ConfirmButton
            whyNot={whyNotStep(given, 'sendBack') ?? notBack}
            question="退回经办人重新填报？"
            consequence="期限不变。"
            confirmWords="退回"
            onConfirm={() => sendBack.mutateAsync({ step: 'sendBack', note: note.trim() })}
          >
            退回经办人
          </ConfirmButton>
        </div>
      </div>
    </Panel>
  );
}
