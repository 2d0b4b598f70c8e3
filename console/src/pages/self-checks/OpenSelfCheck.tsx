import { Input, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';

/** Rounds that are offered: the newest. */
const ROUNDS_MAX = 50;
const WORKDAYS = 10;
const WORKDAYS_MAX = 60;

/** Asks the cities for their own checks of a round. */
export function OpenSelfCheck({ taken }: { readonly taken: ReadonlySet<string> }) {
  const [roundId, daysId, noteId] = [useId(), useId(), useId()];
  const rounds = useGet('/api/v1/rounds', { query: { limit: ROUNDS_MAX } });
  const free = (rounds.data?.items ?? []).filter(({ period }) => !taken.has(period));
  const [chosen, setChosen] = useState<string | null>(null);
  const [workdays, setWorkdays] = useState<number | null>(WORKDAYS);
  const [note, setNote] = useState('');
  const period = chosen ?? free[0]?.period ?? null;
  const open = useChange({
    change: () =>
      sendChange('post', '/api/v1/self-checks', {
        body: { period: period ?? '', workdays: workdays ?? WORKDAYS, note, unitIds: [] },
      }),
    doneWords: ({ units, dueOn }) => `已布置，${units} 个单位，期限 ${dueOn}`,
    refreshes: ['/api/v1/self-checks'],
    isErrorShownByCaller: true,
    onDone: () => {
      setChosen(null);
      setNote('');
    },
  });
  return (
    <details className="more case-more">
      <summary>布置自查…</summary>
      <div className="stack">
        <label htmlFor={roundId}>对应的省级批次</label>
        <Select
          id={roundId}
          value={period}
          loading={rounds.isLoading}
          placeholder="没有可以布置的批次"
          options={free.map((round) => ({ value: round.period, label: round.label }))}
          onChange={setChosen}
        />
        <label htmlFor={daysId}>期限（工作日，今天不算）</label>
        <InputNumber
          id={daysId}
          min={1}
          max={WORKDAYS_MAX}
          value={workdays}
          onChange={setWorkdays}
        />
        <label htmlFor={noteId}>说明（写在通知里，可以不写）</label>
        <Input.TextArea
          id={noteId}
          maxLength={500}
          rows={2}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <FormProblem error={open.error} />
        <ConfirmButton
          type="primary"
          whyNot={period === null ? '没有可以布置的批次：先新建批次。' : null}
          loading={open.isPending}
          question="向各市（部门）布置自查？"
          consequence="最上级单位的直接下级都会收到通知，期限从今天起算。"
          confirmWords="布置"
          onConfirm={() => open.mutateAsync()}
        >
          布置自查
        </ConfirmButton>
      </div>
    </details>
  );
}
