import { Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { MEASURE_WORDS } from '../../util/matrix-words.ts';
import type { IndexItem } from './IndicesPanel.tsx';

/** Changes the weights of an index for the whole installation; the former version is kept. */
export function ChangeWeights({ item }: { readonly item: IndexItem }) {
  const whyNot = useWhyNot()('ruleset.change');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen(true)}>
        改权重…
      </ReasonedButton>
      {isOpen && <WeightsDialog item={item} onClose={() => setOpen(false)} />}
    </>
  );
}

const WEIGHT_MAX = 10;
const REASON_MAX = 200;

function WeightsDialog({
  item: { formula },
  onClose,
}: {
  readonly item: IndexItem;
  readonly onClose: () => void;
}) {
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState('');
  const save = useChange({
    change: () =>
      sendChange('post', '/api/v1/index-formulas/{name}/versions', {
        params: { path: { name: formula.id } },
        body: { base: formula.version, weights, reason },
      }),
    doneWords: '已成为新的一版',
    refreshes: ['/api/v1/accounts/{id}/indices', '/api/v1/index-formulas'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const fields = formula.groups.flatMap((group) => [
    { key: group.id, label: `${group.title}（部分）`, weight: group.weight },
    ...group.terms.map(({ measure, weight }) => ({
      key: `${group.id}.${measure}`,
      label: `${group.title}：${MEASURE_WORDS[measure]}`,
      weight,
    })),
  ]);
  const whyNot =
    Object.keys(weights).length === 0 ? '请改至少一项' : reason.trim() === '' ? '请写明理由' : null;
  return (
    <Modal open title={`改权重：${formula.title}`} onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        {fields.map(({ key, label, weight }) => (
          <Form.Item key={key} label={label} htmlFor={`weight-${key}`}>
            <InputNumber
              id={`weight-${key}`}
              min={0}
              max={WEIGHT_MAX}
              step={0.01}
              value={weights[key] ?? weight}
              onChange={(next) => setWeights({ ...weights, [key]: next ?? weight })}
            />
          </Form.Item>
        ))}
        <Form.Item label="理由（以后各期都会看到）" htmlFor="weights-reason">
          <Input.TextArea
            id="weights-reason"
            value={reason}
            rows={2}
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
          保存为新的一版
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
