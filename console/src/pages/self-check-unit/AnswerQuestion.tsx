import { useId, useState } from 'react';
import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SELF_CHECK_REFRESHES } from '../self-checks/self-check-words.tsx';
import { QuestionFiles } from './QuestionFiles.tsx';
import type { AskedQuestion, Question } from './QuestionView.tsx';

const PATH = '/api/v1/self-checks/{id}/units/{unitId}/questions/{key}';

interface AnswerQuestionProps {
  readonly asked: AskedQuestion;
  readonly question: Question;
}

/** The city says why: a reason, words, files. It may answer again until the province accepts it. */
export function AnswerQuestion({ asked, question }: AnswerQuestionProps) {
  const name = useId();
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const answer = useChange({
    change: () =>
      sendChange('post', `${PATH}/answer`, {
        params: { path: { ...asked } },
        body: { version: question.version, reason: reason ?? '', note: note.trim() },
      }),
    doneWords: '已答复',
    refreshes: SELF_CHECK_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot =
    reason === null
      ? '请先选一个原因。'
      : reason === 'other' && note.trim() === ''
        ? '选“其他”请写明情况。'
        : null;
  return (
    <Panel title={question.steps.length === 0 ? '答复' : '再次答复'}>
      <div className="stack">
        <fieldset className="plain-choice">
          <legend>原因：</legend>
          {question.reasons.map(({ id, words }) => (
            <label key={id}>
              <input
                type="radio"
                name={name}
                checked={reason === id}
                onChange={() => setReason(id)}
              />
              {words}
            </label>
          ))}
        </fieldset>
        <WordsField
          label={`说明${reason === 'other' ? '' : '（可以不写）'}：`}
          value={note}
          max={1_000}
          onChange={setNote}
        />
        <PendingFiles asked={asked} question={question} />
        <FormProblem error={answer.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={answer.isPending}
          onClick={() => answer.mutate()}
        >
          提交答复
        </ReasonedButton>
      </div>
    </Panel>
  );
}

/** Files that go with the answer once it is sent. */
function PendingFiles({ asked, question: { files } }: AnswerQuestionProps) {
  const remove = (fileId: number) => () =>
    sendChange('delete', `${PATH}/files/{fileId}`, { params: { path: { ...asked, fileId } } });
  return (
    <div>
      <QuestionFiles
        asked={asked}
        files={files.filter(({ answerId }) => answerId === null)}
        aside={({ id, name }) => <RemoveFile name={name} remove={remove(id)} refreshes={[PATH]} />}
      />
      <AddFile
        label="附材料（可以不附）"
        send={(file) => sendFiles(`${PATH}/files`, [file], { path: { ...asked } as never })}
        refreshes={[PATH]}
      />
      <p className="quiet">{ATTACHMENT_WORDS}；附上的材料随答复一起提交。</p>
    </div>
  );
}
