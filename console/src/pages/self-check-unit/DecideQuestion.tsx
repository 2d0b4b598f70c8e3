import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SELF_CHECK_REFRESHES } from '../self-checks/self-check-words.tsx';
import type { AskedQuestion, Question } from './QuestionView.tsx';

interface DecideQuestionProps {
  readonly asked: AskedQuestion;
  readonly question: Question;
}

/** The province accepts the newest answer, or asks back. */
export function DecideQuestion({ asked, question }: DecideQuestionProps) {
  const [note, setNote] = useState('');
  const decide = useChange({
    change: (isAccepted: boolean) =>
      sendChange('post', '/api/v1/self-checks/{id}/units/{unitId}/questions/{key}/decision', {
        params: { path: { ...asked } },
        body: { version: question.version, isAccepted, note: note.trim() },
      }),
    doneWords: '已办',
    refreshes: SELF_CHECK_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="核对答复">
      <div className="stack">
        <WordsField
          label="意见（市里会看到；追问时必须写）："
          value={note}
          max={1_000}
          onChange={setNote}
        />
        <FormProblem error={decide.error} />
        <div className="self-check-steps">
          <ReasonedButton
            type="primary"
            whyNot={null}
            loading={decide.isPending}
            onClick={() => decide.mutate(true)}
          >
            认可
          </ReasonedButton>
          <ReasonedButton
            whyNot={note.trim() === '' ? '请写明还要说明什么。' : null}
            loading={decide.isPending}
            onClick={() => decide.mutate(false)}
          >
            追问
          </ReasonedButton>
        </div>
      </div>
    </Panel>
  );
}
