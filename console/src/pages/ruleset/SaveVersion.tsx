import { Input } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import type { RulesetView } from '../rulesets/ruleset-types.ts';
import { changesOf, changeWords, type Edits, whyNotSave } from './change-set.ts';

interface SaveVersionProps {
  readonly ruleset: RulesetView;
  readonly edits: Edits;
  readonly onDone: () => void;
}

/** What will be different, why, and the button that makes the new version. */
export function SaveVersion({ ruleset, edits, onDone }: SaveVersionProps) {
  const [reason, setReason] = useState('');
  const words = changeWords(ruleset.rules, edits);
  const save = useChange({
    change: () =>
      sendChange('post', '/api/v1/rulesets/{id}/versions', {
        params: { path: { id: ruleset.id } },
        body: {
          base: ruleset.hash,
          changes: changesOf(ruleset.rules, edits),
          reason: reason.trim(),
        },
      }),
    doneWords: '新版本已存，新建的批次会用它',
    refreshes: ['/api/v1/rulesets', '/api/v1/rulesets/{id}'],
    isErrorShownByCaller: true,
    onDone,
  });
  return (
    <section className="panel save-version" aria-label="存为新版本">
      <h2>存为新版本</h2>
      {words.length === 0 ? (
        <p className="quiet">还没有改动；打开或关上规则，或改参数。</p>
      ) : (
        <ul className="save-changes">
          {words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className="stack">
        <label htmlFor="ruleset-reason">修改理由（依据哪份文件、哪次会议）：</label>
        <Input.TextArea
          id="ruleset-reason"
          value={reason}
          maxLength={500}
          rows={2}
          onChange={(event) => setReason(event.target.value)}
        />
        <FormProblem error={save.error} />
        <ConfirmButton
          type="primary"
          whyNot={whyNotSave(ruleset.rules, edits, reason)}
          loading={save.isPending}
          question={`存为“${ruleset.name}”的新版本？`}
          consequence={`${words.length} 处改动。旧版本保留，已建立的批次仍按旧版本判定。`}
          confirmWords="存为新版本"
          onConfirm={() => save.mutateAsync()}
        >
          存为新版本
        </ConfirmButton>
      </div>
    </section>
  );
}
