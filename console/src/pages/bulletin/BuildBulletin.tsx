import { DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { Preview, Signing } from './bulletin-types.ts';
import { paragraphsOf } from './paragraphs-of.ts';

interface BuildBulletinProps {
  readonly signing: Signing;
  readonly document: Preview;
}

interface Values {
  readonly documentNumber: string;
  readonly issuer: string;
  readonly issuedOn: dayjs.Dayjs | null;
  readonly rectificationDeadline: dayjs.Dayjs | null;
  readonly contact: string;
  readonly praise: string;
  readonly requirements: string;
  readonly template: string;
}

/** Printed where the office has not said anything yet. */
const TO_FILL = '待填';
const day = (date: dayjs.Dayjs | null): string | null => date?.format('YYYY-MM-DD') ?? null;
const said = (text: string): string => (text === TO_FILL ? '' : text);

/** Writes the files anew with what the office says of this issue. Signatures of the earlier files end with them. */
export function BuildBulletin({ signing, document }: BuildBulletinProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton whyNot={signing.mayBuild} onClick={() => setOpen(true)}>
        {signing.build ? '重新生成…' : '生成通报…'}
      </ReasonedButton>
      {isOpen && <BuildForm signing={signing} document={document} onClose={() => setOpen(false)} />}
    </>
  );
}

function BuildForm({ signing, document, onClose }: BuildBulletinProps & { onClose: () => void }) {
  const [form] = Form.useForm<Values>();
  const { period, signatures } = signing;
  const build = useChange({
    change: ({ issuedOn, rectificationDeadline, praise, requirements, ...rest }: Values) =>
      sendChange('post', '/api/v1/bulletins/{period}/build', {
        params: { path: { period } },
        body: {
          ...rest,
          issuedOn: day(issuedOn),
          rectificationDeadline: day(rectificationDeadline),
          praise: paragraphsOf(praise),
          requirements: paragraphsOf(requirements),
        },
      }),
    doneWords: ({ remark, pdfSkipped }) =>
      ['通报已生成', remark, pdfSkipped].filter(Boolean).join('；'),
    refreshes: [
      '/api/v1/bulletins',
      '/api/v1/bulletins/{period}/signing',
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
      {signatures.length > 0 && (
        <p className="sign-why">重新生成后文件不同，已有的签名作废，要重新签。</p>
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          documentNumber: said(document.number),
          issuer: said(document.issuer),
          issuedOn: dayjs(document.issuedOn).isValid() ? dayjs(document.issuedOn) : null,
          template: document.template.id,
          ...{ rectificationDeadline: null, contact: '', praise: '', requirements: '' },
        }}
        onFinish={(values) => build.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <BuildFields />
        <FormProblem error={build.error} />
      </Form>
    </Modal>
  );
}

function BuildFields() {
  const templates = useGet('/api/v1/bulletin-templates', {}).data?.items ?? [];
  return (
    <>
      <Form.Item
        name="template"
        label="通报模板"
        extra="一个地方写通报的习惯：章节、句子、附件、位数"
      >
        <Select
          options={templates.map(({ id, name, faults }) => ({
            ...{ value: id, label: faults.length > 0 ? `${name}（写坏了）` : name },
            disabled: faults.length > 0,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="documentNumber"
        label="发文字号"
        extra="如 湘政务函〔2020〕25号：六角括号，不加“第”，序号不编虚位"
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="issuer" label="发文机关">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="issuedOn" label="成文日期">
        <DatePicker />
      </Form.Item>
      <Form.Item name="rectificationDeadline" label="整改反馈期限" extra="通常在发文后三到四周">
        <DatePicker />
      </Form.Item>
      <Form.Item name="contact" label="联系人和电话">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="praise" label="表扬的做法（可不写）" extra="一行一段，照原样印出">
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="requirements" label="工作要求（不写则用通用的三条）" extra="一行一段">
        <Input.TextArea rows={2} />
      </Form.Item>
      <p className="quiet">空着的印“待填”，之后可以重新生成。</p>
    </>
  );
}
