import { DatePicker, Form, Input, Modal } from 'antd';
import type dayjs from 'dayjs';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { useChange } from '../../hooks/use-change.ts';

export const CORRECTION_REFRESHES = [
  '/api/v1/bulletins/{period}/corrections',
  '/api/v1/bulletins/{period}/archive',
  '/api/v1/bulletins',
] as const;

interface Values {
  readonly documentNumber: string;
  readonly issuedOn: dayjs.Dayjs;
  readonly wrong: string;
  readonly correct?: string;
  readonly reason: string;
}

interface DraftCorrectionProps {
  readonly period: string;
  readonly onClose: () => void;
}

/** Says what the issued bulletin prints wrongly and what it ought to print. */
export function DraftCorrection({ period, onClose }: DraftCorrectionProps) {
  const [form] = Form.useForm<Values>();
  const draft = useChange({
    change: ({ issuedOn, correct = '', ...words }: Values) =>
      sendChange('post', '/api/v1/bulletins/{period}/corrections', {
        params: { path: { period } },
        body: { ...words, correct, issuedOn: issuedOn.format('YYYY-MM-DD') },
      }),
    doneWords: '已起草；由两个人签发',
    refreshes: CORRECTION_REFRESHES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title="起草更正通知"
      okText="起草"
      cancelText="取消"
      confirmLoading={draft.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={(values) => draft.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <DraftFields />
        <FormProblem error={draft.error} />
      </Form>
    </Modal>
  );
}

const required = (message: string) => [{ required: true, whitespace: true, message }];

function DraftFields() {
  return (
    <>
      <Form.Item name="documentNumber" label="发文字号" rules={required('写上更正通知的文号')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="issuedOn"
        label="成文日期"
        rules={[{ required: true, message: '选更正通知的日期' }]}
      >
        <DatePicker />
      </Form.Item>
      <Form.Item
        name="wrong"
        label="有误的文字"
        extra="照通报原文抄写；附件表里的一行可以连着写"
        rules={required('抄写通报里有误的文字')}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="correct" label="应为" extra="空着表示删去">
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item
        name="reason"
        label="更正原因"
        extra="会印在通知里"
        rules={required('写明为什么更正')}
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}
