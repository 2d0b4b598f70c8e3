import { Checkbox } from 'antd';
import { useState } from 'react';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { OutcomeTag, type RectificationDetail } from '../rectification/rectification-words.tsx';
import { DecideExtension } from './DecideExtension.tsx';
import { StepProblem } from './StepProblem.tsx';
import { maySteps, useStep } from './use-step.ts';

interface StepsProps {
  readonly given: RectificationDetail;
}

/** What the supervisor decides: the answer that was looked at again, more time, or to take the case up. */
export function SupervisorSteps({ given }: StepsProps) {
  return (
    <>
      {maySteps(given, 'grantExtension') && <DecideExtension given={given} />}
      {maySteps(given, 'close', 'return') && <Decide given={given} />}
      {maySteps(given, 'escalate') && <Escalate given={given} />}
    </>
  );
}

function Decide({ given }: StepsProps) {
  const [note, setNote] = useState('');
  const [isMended, setMended] = useState(false);
  const done = () => setNote('');
  const close = useStep(given, '已办结', done);
  const back = useStep(given, '已退回，单位会收到通知', done);
  const recheck = useStep(given, '已请系统再看一次');
  const isMet = given.outcome === 'met';
  const words = note.trim();
  const notClose = isMet || words !== '' ? null : '复核没有显示已改正，办结要先写明理由。';
  return (
    <Panel title="确认整改结果">
      <div className="stack">
        <p>
          系统复核：
          <OutcomeTag outcome={given.outcome} /> {lastWords(given)}
        </p>
        {!isMet && (
          <Checkbox checked={isMended} onChange={({ target }) => setMended(target.checked)}>
            经人工核对，确认已经改正
          </Checkbox>
        )}
        <WordsField
          label={isMet ? '意见（退回必须写，单位会看到）：' : '理由或意见（必须写，单位会看到）：'}
          value={note}
          onChange={setNote}
        />
        <StepProblem error={close.error ?? back.error ?? recheck.error} />
        <div className="button-row">
          <ConfirmButton
            type="primary"
            whyNot={notClose}
            question="办结这件整改事项？"
            consequence={
              isMet || isMended
                ? '记为已改正；办结以后不再接收反馈。'
                : '记为没有改正；办结以后不再接收反馈。'
            }
            confirmWords="办结"
            onConfirm={() =>
              close.mutateAsync({ step: 'close', mended: isMet || isMended, note: words })
            }
          >
            办结
          </ConfirmButton>
          <ConfirmButton
            whyNot={words === '' ? '请先写明退回的原因，单位会看到。' : null}
            question="退回重改？"
            consequence="另定一个期限，单位改好以后重新填报。"
            confirmWords="退回"
            onConfirm={() => back.mutateAsync({ step: 'return', note: words })}
          >
            退回重改
          </ConfirmButton>
          <ConfirmButton
            whyNot={null}
            question="请系统再看一次？"
            consequence="回到待复核，看完以后再确认。"
            confirmWords="再看一次"
            onConfirm={() => recheck.mutateAsync({ step: 'recheck', note: '' })}
          >
            再次复核
          </ConfirmButton>
        </div>
      </div>
    </Panel>
  );
}

const lastWords = ({ checks }: RectificationDetail): string =>
  checks.findLast(({ purpose, doneAt }) => purpose === 'submitted' && doneAt !== null)?.words ?? '';

function Escalate({ given }: StepsProps) {
  const [note, setNote] = useState('');
  const step = useStep(given, '已升级督办，单位会收到通知', () => setNote(''));
  return (
    <details className="more case-more">
      <summary>升级督办…</summary>
      <div className="stack">
        <p className="quiet">逾期很久的由系统自动升级；情况紧急的，可以现在就升级。</p>
        <WordsField label="升级督办的原因（单位会看到）：" value={note} onChange={setNote} />
        <StepProblem error={step.error} />
        <ConfirmButton
          danger
          whyNot={note.trim() === '' ? '请先写明原因。' : null}
          question="升级督办？"
          consequence="单位会收到加急通知；仍可以填报整改情况。"
          confirmWords="升级督办"
          onConfirm={() => step.mutateAsync({ step: 'escalate', note: note.trim() })}
        >
          升级督办
        </ConfirmButton>
      </div>
    </details>
  );
}
