import { Input } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import type { Contest } from './finding-types.ts';

/** The supervisor's answer; upholding takes the finding out of the bulletin. */
export function AnswerContest({ contest }: { readonly contest: Contest }) {
  const [note, setNote] = useState('');
  const answer = useChange({
    change: (decision: 'uphold' | 'dismiss') =>
      sendChange('post', '/api/v1/contests/{id}/answer', {
        params: { path: { id: contest.id } },
        body: { decision, note: note.trim() },
      }),
    doneWords: '申辩已答复',
    refreshes: ['/api/v1/findings/{id}', '/api/v1/findings'],
  });
  const whyNot = note.trim() === '' ? '请先写答复，单位会看到' : null;
  const id = `answer-${contest.id}`;
  return (
    <div className="stack">
      <label htmlFor={id}>答复（单位会看到）：</label>
      <Input.TextArea
        id={id}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        rows={2}
        maxLength={2000}
      />
      <div className="button-row">
        <ConfirmButton
          whyNot={whyNot}
          question="采纳这份申辩？"
          consequence="问题会被驳回，不进入通报。"
          confirmWords="采纳"
          onConfirm={() => answer.mutateAsync('uphold')}
        >
          采纳，驳回问题
        </ConfirmButton>
        <ConfirmButton
          whyNot={whyNot}
          question="不采纳这份申辩？"
          consequence="问题照旧，答复会发给单位。"
          confirmWords="不采纳"
          onConfirm={() => answer.mutateAsync('dismiss')}
        >
          不采纳
        </ConfirmButton>
      </div>
    </div>
  );
}
