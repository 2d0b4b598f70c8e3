import { useState } from 'react';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';
import { AnswerFiles } from './AnswerFiles.tsx';
import { AskExtension } from './AskExtension.tsx';
import { StepProblem } from './StepProblem.tsx';
import { maySteps, useStep } from './use-step.ts';

interface StepsProps {
  readonly given: RectificationDetail;
}

/** What the unit's staff does: take the notice, plan, look again, ask for time, answer. */
export function UnitSteps({ given }: StepsProps) {
  if (!maySteps(given, 'acknowledge', 'plan', 'answer', 'askExtension', 'check')) return null;
  return (
    <>
      {maySteps(given, 'acknowledge') && <Acknowledge given={given} />}
      {maySteps(given, 'answer') && <Answer given={given} />}
      {maySteps(given, 'plan') && <Plan given={given} />}
      {maySteps(given, 'check') && <CheckNow given={given} />}
      {maySteps(given, 'askExtension') && <AskExtension given={given} />}
    </>
  );
}

function Acknowledge({ given }: StepsProps) {
  const step = useStep(given, '已签收');
  return (
    <Panel title="签收">
      <div className="stack">
        <p>请先签收整改通知，表示本单位已经知道这个问题和期限。</p>
        <StepProblem error={step.error} />
        <ReasonedButton
          type="primary"
          whyNot={null}
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'acknowledge', note: '' })}
        >
          签收
        </ReasonedButton>
      </div>
    </Panel>
  );
}

function Answer({ given }: StepsProps) {
  const [note, setNote] = useState('');
  const step = useStep(given, '已填报，等待本单位负责人审核', () => setNote(''));
  return (
    <Panel title="填报整改情况">
      <div className="stack">
        <WordsField
          label="问题的原因、怎样改正、怎样防止再发生："
          value={note}
          rows={4}
          max={4_000}
          onChange={setNote}
        />
        <AnswerFiles given={given} />
        <StepProblem error={step.error} />
        <ConfirmButton
          type="primary"
          whyNot={note.trim() === '' ? '请先写明整改情况。' : null}
          question="填报完了，交给本单位负责人审核？"
          consequence="负责人（另一个人）审核上报以后，系统会按原指标复核。"
          confirmWords="提交"
          onConfirm={() => step.mutateAsync({ step: 'answer', note: note.trim() })}
        >
          提交负责人审核
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function Plan({ given }: StepsProps) {
  const [note, setNote] = useState('');
  const step = useStep(given, '计划已保存', () => setNote(''));
  return (
    <Panel title="整改计划（可以不填）">
      <div className="stack">
        <WordsField
          label="一时改不完的，写明怎样改、谁负责、什么时候改好："
          value={note}
          max={4_000}
          onChange={setNote}
        />
        <StepProblem error={step.error} />
        <ReasonedButton
          whyNot={note.trim() === '' ? '请先写明计划。' : null}
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'plan', note: note.trim() })}
        >
          保存计划
        </ReasonedButton>
      </div>
    </Panel>
  );
}

/** The unit's own look (自测): by the same rule as the re-check; it decides nothing. */
function CheckNow({ given }: StepsProps) {
  const step = useStep(given, '已开始自测，结果显示在“复核与自测”里');
  const isRunning = given.checks.some(({ doneAt }) => doneAt === null);
  return (
    <Panel title="马上再查一次（自测）">
      <div className="stack">
        <p>改好以后、上报以前，可以请系统按原来的指标再看一次。自测不改变办理状态。</p>
        <StepProblem error={step.error} />
        <ReasonedButton
          whyNot={isRunning ? '正在看，请稍候。' : null}
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'check', note: '' })}
        >
          马上再查一次
        </ReasonedButton>
      </div>
    </Panel>
  );
}
