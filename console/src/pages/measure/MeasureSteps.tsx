import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { MEASURE_REFRESHES, type MeasureDetail } from '../measures/measure-words.tsx';

interface StepsProps {
  readonly measure: MeasureDetail;
}

/** Deciding or withdrawing a proposal, and closing what was decided; nothing for whoever may not. */
export function MeasureSteps({ measure }: StepsProps) {
  if (!measure.mayJudge) return null;
  if (measure.state === 'proposed') return <Decide measure={measure} />;
  return measure.state === 'decided' ? <Close measure={measure} /> : null;
}

function Decide({ measure: { id, version, isOwn, unitName } }: StepsProps) {
  const [note, setNote] = useState('');
  const decide = useChange({
    change: (outcome: 'decided' | 'refused' | 'withdrawn') =>
      sendChange('post', '/api/v1/duty/measures/{id}/decision', {
        params: { path: { id } },
        body: { version, outcome, note: note.trim() },
      }),
    doneWords: '已办',
    refreshes: MEASURE_REFRESHES,
    isErrorShownByCaller: true,
  });
  if (isOwn)
    return (
      <Panel title="等另一个人决定">
        <FormProblem error={decide.error} />
        <ConfirmButton question="撤回这项措施？" onConfirm={() => decide.mutateAsync('withdrawn')}>
          撤回
        </ConfirmButton>
      </Panel>
    );
  return (
    <Panel title="决定">
      <div className="stack">
        <WordsField
          label="说明（不同意要写原因）："
          value={note}
          rows={2}
          max={1_000}
          onChange={setNote}
        />
        <FormProblem error={decide.error} />
        <span className="tag-row">
          <ConfirmButton
            type="primary"
            question="同意并决定？"
            consequence={`决定以后编文号，通知${unitName}；不能撤回。`}
            confirmWords="决定"
            onConfirm={() => decide.mutateAsync('decided')}
          >
            同意并决定
          </ConfirmButton>
          <ConfirmButton
            whyNot={note.trim() === '' ? '请先写明不同意的原因。' : null}
            question="不同意这项措施？"
            confirmWords="不同意"
            onConfirm={() => decide.mutateAsync('refused')}
          >
            不同意
          </ConfirmButton>
        </span>
      </div>
    </Panel>
  );
}

function Close({ measure: { id, version } }: StepsProps) {
  const [note, setNote] = useState('');
  const close = useChange({
    change: () =>
      sendChange('post', '/api/v1/duty/measures/{id}/completion', {
        params: { path: { id } },
        body: { version, note: note.trim() },
      }),
    doneWords: '已登记落实',
    refreshes: MEASURE_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="落实">
      <div className="stack">
        <WordsField label="落实的情况：" value={note} rows={2} max={1_000} onChange={setNote} />
        <FormProblem error={close.error} />
        <ReasonedButton
          type="primary"
          whyNot={note.trim() === '' ? '请写明落实的情况。' : null}
          loading={close.isPending}
          onClick={() => close.mutate()}
        >
          登记已落实
        </ReasonedButton>
      </div>
    </Panel>
  );
}
