import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan, useUser } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { FindErrorDetail } from '../find-errors/find-error-words.tsx';
import { MESSAGE_REFRESHES } from './message-refreshes.ts';

/** The unit says that it is its own, and answers; nothing for others and where it is answered. Who assigns answers for his own unit only. */
export function AnswerMessage({ message }: { readonly message: FindErrorDetail }) {
  const can = useCan();
  const unitId = useUser()?.unit?.id ?? null;
  const isOwn = !can('finderror.assign') || message.unitId === unitId;
  const { state } = message;
  if (!can('finderror.reply') || !isOwn || (state !== 'assigned' && state !== 'accepted'))
    return null;
  return (
    <Panel title="办理">
      <div className="stack">
        {state === 'assigned' && <Accept message={message} />}
        <Answer message={message} />
      </div>
    </Panel>
  );
}

function Accept({ message: { id, version } }: { readonly message: FindErrorDetail }) {
  const accept = useChange({
    change: () =>
      sendChange('post', '/api/v1/find-errors/{id}/acceptance', {
        params: { path: { id } },
        body: { version },
      }),
    doneWords: '已受理',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <>
      <p>
        是本单位的，请先受理；不是本单位的，请尽快告诉主管单位转办。答复期限从收到起算，转办不重新计算。
      </p>
      <FormProblem error={accept.error} />
      <ReasonedButton whyNot={null} loading={accept.isPending} onClick={() => accept.mutate()}>
        受理
      </ReasonedButton>
    </>
  );
}

function Answer({ message: { id, version } }: { readonly message: FindErrorDetail }) {
  const name = useId();
  const [isTrue, setTrue] = useState<boolean | null>(null);
  const [words, setWords] = useState('');
  const answer = useChange({
    change: () =>
      sendChange('post', '/api/v1/find-errors/{id}/answer', {
        params: { path: { id } },
        body: { version, isTrue: isTrue === true, answer: words.trim() },
      }),
    doneWords: '已答复',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot =
    isTrue === null
      ? '请先选是否属实。'
      : words.trim() === ''
        ? '请写明核实的情况和怎样处理。'
        : null;
  return (
    <>
      <fieldset className="plain-choice">
        <legend>留言反映的问题是否属实：</legend>
        {([true, false] as const).map((value) => (
          <label key={String(value)}>
            <input
              type="radio"
              name={name}
              checked={isTrue === value}
              onChange={() => setTrue(value)}
            />
            {value ? '属实' : '不属实'}
          </label>
        ))}
      </fieldset>
      <WordsField label="答复（网民会看到）：" value={words} rows={4} onChange={setWords} />
      <FormProblem error={answer.error} />
      <ConfirmButton
        type="primary"
        whyNot={whyNot}
        question="答复这条留言？"
        consequence="答复以后不能再改。"
        confirmWords="答复"
        onConfirm={() => answer.mutateAsync()}
      >
        答复
      </ConfirmButton>
    </>
  );
}
