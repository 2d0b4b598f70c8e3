import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { todayOn } from '../../util/dates.ts';
import './new-round.css';
import { RoundFields } from './RoundFields.tsx';
import { RoundSummary } from './RoundSummary.tsx';
import { bodyOf, emptyDraft, problemsOf } from './round-draft.ts';

/** A new round: the form at one side, at the other what it will be, read before it is sent. */
export function NewRoundPage() {
  const navigate = useNavigate();
  const whyNot = useWhyNot()('round.run');
  const [draft, setDraft] = useState(() => emptyDraft(todayOn(new Date())));
  const [isChecked, setChecked] = useState(false);
  const rounds = useGet('/api/v1/rounds', { query: { limit: 200 } });
  const problems = problemsOf(
    draft,
    (rounds.data?.items ?? []).map(({ period }) => period),
  );
  const create = useChange({
    change: () => sendChange('post', '/api/v1/rounds', { body: bodyOf(draft) }),
    doneWords: '批次已建好，可以开始采集',
    refreshes: ['/api/v1/rounds', '/api/v1/overview'],
    isErrorShownByCaller: true,
    onDone: ({ period }) => void navigate({ to: '/rounds/$period', params: { period } }),
  });
  const send = (): void => {
    setChecked(true);
    const [first] = Object.keys(problems);
    if (first === undefined) create.mutate();
    else document.getElementById(`round-${first}`)?.focus();
  };
  return (
    <>
      <PageHeader title="新建批次" back={{ to: '/rounds', words: '批次' }} />
      <div className="new-round">
        <Panel title="检查什么">
          <RoundFields draft={draft} onDraft={setDraft} problems={isChecked ? problems : {}} />
        </Panel>
        <div className="new-round-side">
          <RoundSummary
            draft={draft}
            problems={problems}
            whyNot={whyNot}
            isSending={create.isPending}
            onSend={send}
          />
          <FormProblem error={create.error as ApiError | null} />
        </div>
      </div>
    </>
  );
}
