import { Form, Input, Modal, Radio } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { DateText } from '../../ui/DateText.tsx';
import type { OfficeBlock } from './bulletin-types.ts';

/** What is being written: a new block after a computed part, or a block that stands. */
export type Writing =
  | { readonly after: string; readonly template: string }
  | { readonly block: OfficeBlock };

interface Values {
  readonly kind: OfficeBlock['kind'];
  readonly text: string;
  readonly reason: string;
}

export const BLOCK_REFRESHES = [
  '/api/v1/bulletins/{period}/preview',
  '/api/v1/bulletins/{period}/blocks',
  '/api/v1/bulletins/{period}/blocks/{block}/versions',
] as const;

interface WriteWordsProps {
  readonly period: string;
  readonly writing: Writing;
  readonly onClose: () => void;
}

/** Words of the office between the computed parts. What the platform computed is not to be written over: it can only be remarked on. */
export function WriteWords({ period, writing, onClose }: WriteWordsProps) {
  const [form] = Form.useForm<Values>();
  const block = 'block' in writing ? writing.block : null;
  const kind = Form.useWatch('kind', form) ?? block?.kind ?? 'text';
  const save = useChange({
    change: ({ kind: chosen, text, reason }: Values) =>
      'block' in writing
        ? sendChange('patch', '/api/v1/bulletins/{period}/blocks/{block}', {
            params: { path: { period, block: writing.block.block } },
            body: { version: writing.block.version, text, reason: reason ?? '' },
          })
        : sendChange('post', '/api/v1/bulletins/{period}/blocks', {
            params: { path: { period } },
            body: { ...writing, kind: chosen, text, reason: reason ?? '', place: 0 },
          }),
    doneWords: '已写入草稿；生成通报时印出',
    refreshes: BLOCK_REFRESHES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={block === null ? '在此后写一段' : '改这一段'}
      okText="写入草稿"
      cancelText="取消"
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={block ?? { kind: 'text', text: '', reason: '' }}
        onFinish={(values) => save.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <Form.Item name="kind" label="写什么">
          <Radio.Group disabled={block !== null}>
            <Radio value="text">另写一段</Radio>
            <Radio value="annotation">批注上面计算出来的一段</Radio>
          </Radio.Group>
        </Form.Item>
        <Form.Item
          name="text"
          label="文字"
          rules={[{ required: true, whitespace: true, message: '写上要印的文字' }]}
          extra={kind === 'annotation' ? '印作“（注：……）”' : '照原样印出；换行另起一段'}
        >
          <Input.TextArea rows={5} maxLength={2000} showCount />
        </Form.Item>
        {kind === 'annotation' && (
          <Form.Item
            name="reason"
            label="为什么要批注"
            rules={[{ required: true, whitespace: true, message: '批注要写明理由' }]}
            extra="不印出，留在记录里。计算出来的话不能改写：数不对，改底稿或复核问题后重新计算"
          >
            <Input maxLength={200} />
          </Form.Item>
        )}
        <FormProblem error={save.error} />
      </Form>
      {block !== null && <Versions period={period} block={block.block} />}
    </Modal>
  );
}

function Versions({ period, block }: { readonly period: string; readonly block: number }) {
  const answer = useGet('/api/v1/bulletins/{period}/blocks/{block}/versions', {
    path: { period, block },
  });
  const items = answer.data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <details>
      <summary>各版（{items.length}）</summary>
      <ol className="words-versions">
        {items.map((each) => (
          <li key={each.version}>
            <span className="quiet">
              第 {each.version} 版 {each.by} <DateText at={each.at} />
              {each.removed && ' 去掉'}
            </span>
            <p>{each.text}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
