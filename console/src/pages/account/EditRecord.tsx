import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { RecordAnswer } from './RecordPanel.tsx';

type Line = RecordAnswer['lines'][number];

interface EditRecordProps {
  readonly id: number;
  readonly record: RecordAnswer;
  readonly onClose: () => void;
}

/** As the server has them. */
const REASON_MAX = 200;

/** Only what was changed is sent, with the version that was looked at. */
export function EditRecord({ id, record, onClose }: EditRecordProps) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const changes = record.lines.flatMap(({ field, value }) => {
    const written = values[field];
    return written === undefined || written.trim() === value
      ? []
      : [{ field, value: written.trim() }];
  });
  const save = useChange({
    change: () =>
      sendChange('patch', '/api/v1/accounts/{id}/record', {
        params: { path: { id } },
        body: { version: record.version, changes, reason },
      }),
    doneWords: '登记信息已修改',
    refreshes: ['/api/v1/accounts/{id}/record', '/api/v1/accounts/{id}', '/api/v1/accounts'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const whyNot = changes.length === 0 ? '还没有改动' : reason.trim() === '' ? '请写明理由' : null;
  return (
    <Modal open title="修改登记信息" onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        {record.lines
          .filter(({ isMasked }) => !isMasked)
          .map((line) => (
            <Form.Item key={line.field} label={line.title} htmlFor={`record-${line.field}`}>
              <LineField
                line={line}
                value={values[line.field] ?? line.value}
                onChange={(value) => setValues({ ...values, [line.field]: value })}
              />
            </Form.Item>
          ))}
        <Form.Item label="修改理由（记入操作记录）" htmlFor="record-reason">
          <Input
            id="record-reason"
            value={reason}
            maxLength={REASON_MAX}
            onChange={({ target }) => setReason(target.value)}
          />
        </Form.Item>
        <FormProblem error={save.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          保存
        </ReasonedButton>
      </Form>
    </Modal>
  );
}

interface LineFieldProps {
  readonly line: Line;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function LineField({ line: { field, choices, isDate }, value, onChange }: LineFieldProps) {
  const id = `record-${field}`;
  // The browser's own fields: choices of three words need no list of their own, and several may be meant at once.
  return (
    <>
      <Input
        id={id}
        type={isDate ? 'date' : 'text'}
        value={value}
        maxLength={500}
        list={choices.length > 0 ? `${id}-words` : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-words`}>
          {choices.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  );
}
