import { DatePicker, Form, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { BulletinItem, Preview } from './bulletin-types.ts';

interface BuildBulletinProps {
  readonly period: string;
  readonly item: BulletinItem | undefined;
  readonly document: Preview;
}

interface Values {
  readonly number: string;
  readonly issuer: string;
  readonly date: dayjs.Dayjs | null;
  readonly deadline: dayjs.Dayjs | null;
}

const day = (date: dayjs.Dayjs | null): string => date?.format('YYYY-MM-DD') ?? '';

/** Writes the files anew with what the office says of this issue. Signatures of the earlier files end with them. */
export function BuildBulletin({ period, item, document }: BuildBulletinProps) {
  const [isOpen, setOpen] = useState(false);
  const mayNot = useWhyNot()('bulletin.build');
  const isBuilt = item !== undefined && item.builtAt !== null;
  const whyNot = mayNot ?? (item?.state === 'signed' ? '已签发的通报不再生成' : null);
  return (
    <>
      <ReasonedButton whyNot={whyNot} onClick={() => setOpen(true)}>
        {isBuilt ? '重新生成…' : '生成通报…'}
      </ReasonedButton>
      {isOpen && (
        <BuildForm
          period={period}
          document={document}
          hasSignatures={(item?.signatures.length ?? 0) > 0}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface BuildFormProps {
  readonly period: string;
  readonly document: Preview;
  readonly hasSignatures: boolean;
  readonly onClose: () => void;
}

function BuildForm({ period, document, hasSignatures, onClose }: BuildFormProps) {
  const [form] = Form.useForm<Values>();
  const build = useChange({
    change: ({ number, issuer, date, deadline }: Values) =>
      sendChange('post', '/api/v1/bulletins/{period}/build', {
        params: { path: { period } },
        body: { number, issuer, date: day(date), ...(deadline && { deadline: day(deadline) }) },
      }),
    doneWords: '通报已生成',
    refreshes: [
      '/api/v1/bulletins',
      '/api/v1/bulletins/{period}/preview',
      '/api/v1/bulletins/{period}/archive',
    ],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title="生成通报"
      okText="生成"
      cancelText="取消"
      confirmLoading={build.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {hasSignatures && <p className="sign-why">重新生成后文件不同，已有的签名作废，要重新签。</p>}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          number: document.number,
          issuer: document.issuer ?? '',
          date: document.issuedOn ? dayjs(document.issuedOn) : null,
          deadline: null,
        }}
        onFinish={(values) => build.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <Form.Item
          name="number"
          label="发文字号"
          extra="如 湘政务函〔2020〕25号：六角括号，不加“第”，序号不编虚位"
          rules={[{ required: true, whitespace: true, message: '请写发文字号' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="issuer"
          label="发文机关"
          rules={[{ required: true, whitespace: true, message: '请写发文机关' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="date"
          label="成文日期"
          rules={[{ required: true, message: '请选成文日期' }]}
        >
          <DatePicker />
        </Form.Item>
        <Form.Item
          name="deadline"
          label="整改反馈期限"
          extra="通常在发文后三到四周；不选则正文写“待填”"
        >
          <DatePicker />
        </Form.Item>
        <FormProblem error={build.error} />
      </Form>
    </Modal>
  );
}
