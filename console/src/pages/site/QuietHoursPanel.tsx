import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

type QuietHours = AnswerOf<'/api/v1/sites/{id}/quiet-hours'>;
type Window = QuietHours['windows'][number];
/** A window in the form; the key keeps its fields when another is taken away. */
type Row = Window & { readonly key: number };

/** The hours in which the unit wishes its site to be left alone. */
export function QuietHoursPanel({ id }: { readonly id: number }) {
  const hours = useGet('/api/v1/sites/{id}/quiet-hours', { path: { id } });
  const whyNot = useWhyNot()('registry.quiet');
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title="不访问时段"
      aside={
        <ReasonedButton
          size="small"
          whyNot={hours.data === undefined ? '正在读取' : whyNot}
          onClick={() => setOpen(true)}
        >
          设定时段…
        </ReasonedButton>
      }
    >
      <Answer of={hours} rows={1}>
        {(data) => <Shown hours={data} />}
      </Answer>
      {isOpen && hours.data && (
        <HoursDialog id={id} hours={hours.data} onClose={() => setOpen(false)} />
      )}
    </Panel>
  );
}

function Shown({ hours: { windows, reason, setBy, setAt } }: { readonly hours: QuietHours }) {
  if (windows.length === 0)
    return (
      <p className="quiet">没有设定。设定之后，实时批次在时段内不访问这个网站，顺延到之后。</p>
    );
  return (
    <>
      <p>{windows.map(({ from, to }) => `每天 ${from}–${to}`).join('、')}</p>
      <p className="quiet">
        {setBy} {setAt && <DateText at={setAt} />} 设定：{reason}
      </p>
    </>
  );
}

/** As the server has them. */
const WINDOWS_MAX = 6;
const REASON_MAX = 200;

function HoursDialog({
  id,
  hours,
  onClose,
}: {
  readonly id: number;
  readonly hours: QuietHours;
  readonly onClose: () => void;
}) {
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(hours.windows));
  const [reason, setReason] = useState('');
  const save = useChange({
    change: (windows: readonly Window[]) =>
      sendChange('put', '/api/v1/sites/{id}/quiet-hours', {
        params: { path: { id } },
        body: { windows: windows.map(({ from, to }) => ({ from, to })), reason },
      }),
    doneWords: '已记下',
    refreshes: ['/api/v1/sites/{id}/quiet-hours'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const whyNot = reason.trim() === '' ? '请写明理由' : null;
  const whyNotSave = rows.length === 0 ? '请至少写一个时段' : whyNotWindows(rows);
  return (
    <Modal open title="不访问时段（北京时间）" onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <WindowFields rows={rows} onChange={setRows} />
        <Form.Item label="理由（主管单位和审计都会看到）" htmlFor="quiet-reason">
          <Input.TextArea
            id="quiet-reason"
            value={reason}
            rows={2}
            maxLength={REASON_MAX}
            showCount
            onChange={({ target }) => setReason(target.value)}
          />
        </Form.Item>
        <FormProblem error={save.error} />
        <span className="tag-row">
          <ReasonedButton
            type="primary"
            whyNot={whyNotSave ?? whyNot}
            loading={save.isPending}
            onClick={() => save.mutate(rows)}
          >
            保存
          </ReasonedButton>
          {hours.windows.length > 0 && (
            <ReasonedButton
              whyNot={whyNot}
              loading={save.isPending}
              onClick={() => save.mutate([])}
            >
              取消全部时段
            </ReasonedButton>
          )}
        </span>
      </Form>
    </Modal>
  );
}

function rowsOf(windows: readonly Window[]): readonly Row[] {
  const shown = windows.length > 0 ? windows : [{ from: '08:30', to: '18:00' }];
  return shown.map((window, key) => ({ ...window, key }));
}

function whyNotWindows(rows: readonly Row[]): string | null {
  if (rows.some(({ from, to }) => from === '' || to === '')) return '请写全每个时段的起止';
  return rows.some(({ from, to }) => from === to) ? '起止不能相同' : null;
}

function WindowFields({
  rows,
  onChange,
}: {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}) {
  const change = (key: number, part: Partial<Window>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  return (
    <>
      {rows.map(({ key, from, to }, index) => (
        <p key={key} className="tag-row">
          <ClockField
            label={`第 ${index + 1} 个时段的起`}
            value={from}
            onChange={(clock) => change(key, { from: clock })}
          />
          <span aria-hidden>至</span>
          <ClockField
            label={`第 ${index + 1} 个时段的止`}
            value={to}
            onChange={(clock) => change(key, { to: clock })}
          />
          <button
            type="button"
            className="link-button"
            aria-label={`去掉第 ${index + 1} 个时段`}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            去掉
          </button>
        </p>
      ))}
      {rows.length < WINDOWS_MAX && (
        <button
          type="button"
          className="link-button"
          onClick={() => onChange([...rows, { key: nextKey, from: '', to: '' }])}
        >
          再加一个时段
        </button>
      )}
      <p className="quiet">止在起之前的，到第二天为止；一天里最多 20 小时。</p>
    </>
  );
}

/** The browser's own field, as for dates. */
function ClockField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (clock: string) => void;
}) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
