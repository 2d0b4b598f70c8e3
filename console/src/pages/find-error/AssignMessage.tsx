import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { todayOn } from '../../util/dates.ts';
import type { FindErrorDetail } from '../find-errors/find-error-words.tsx';
import { MESSAGE_REFRESHES } from './message-refreshes.ts';

const NOTE_MAX = 500;

interface MessageProps {
  readonly message: FindErrorDetail;
}

/** The supervisor gives a message to a unit, to another one, or more time; nothing where it is answered. */
export function AssignMessage({ message }: MessageProps) {
  const mayAssign = useCan()('finderror.assign');
  if (!mayAssign || message.state === 'answered') return null;
  return (
    <>
      <Assign message={message} />
      {message.unitId !== null && todayOn(new Date()) <= message.dueOn && (
        <Extend message={message} />
      )}
    </>
  );
}

function Assign({ message }: MessageProps) {
  const { id, version, unitId, unitName } = message;
  const isAgain = unitId !== null;
  const [chosen, setChosen] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const assign = useChange({
    change: (unit: number) =>
      sendChange('post', '/api/v1/find-errors/{id}/assignment', {
        params: { path: { id } },
        body: { version, unitId: unit, note: note.trim() },
      }),
    doneWords: isAgain ? '已转办，新的承办单位会收到通知' : '已交办，承办单位会收到通知',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => {
      setChosen(null);
      setNote('');
    },
  });
  const whyNot =
    chosen === null
      ? '请先选单位。'
      : chosen === unitId
        ? '这条留言已经在这个单位。'
        : isAgain && note.trim() === ''
          ? '转办要写明理由。'
          : null;
  return (
    <Panel title={isAgain ? `转办（现在由${unitName ?? '—'}承办）` : '交办'}>
      <div className="stack">
        <UnitSelect label="交给哪个单位" value={chosen} onChange={setChosen} />
        <WordsField
          label={isAgain ? '转办的理由：' : '说明（可以不写）：'}
          value={note}
          rows={2}
          max={NOTE_MAX}
          onChange={setNote}
        />
        <FormProblem error={assign.error} />
        <ReasonedButton
          type={isAgain ? 'default' : 'primary'}
          whyNot={whyNot}
          loading={assign.isPending}
          onClick={() => chosen !== null && assign.mutate(chosen)}
        >
          {isAgain ? '转办' : '交办'}
        </ReasonedButton>
      </div>
    </Panel>
  );
}

function Extend({ message: { id, version, dueOn } }: MessageProps) {
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const extend = useChange({
    change: () =>
      sendChange('post', '/api/v1/find-errors/{id}/extension', {
        params: { path: { id } },
        body: { version, until, reason: reason.trim() },
      }),
    doneWords: '已延期',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot =
    until <= dueOn
      ? `请选一个 ${dueOn} 以后的日期。`
      : reason.trim() === ''
        ? '请写明延期的理由。'
        : null;
  return (
    <details className="more case-more">
      <summary>复杂的，延期答复…</summary>
      <div className="stack">
        <DayField
          label="延到（收到以后一个月以内）："
          value={until}
          min={dueOn}
          onChange={setUntil}
        />
        <WordsField
          label="延期的理由："
          value={reason}
          rows={2}
          max={NOTE_MAX}
          onChange={setReason}
        />
        <FormProblem error={extend.error} />
        <ReasonedButton whyNot={whyNot} loading={extend.isPending} onClick={() => extend.mutate()}>
          延期
        </ReasonedButton>
      </div>
    </details>
  );
}
