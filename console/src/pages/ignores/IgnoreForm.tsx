import { Form, Input, Modal, Select } from 'antd';
import { sendChange } from '../../api/client.ts';
import type { BodyOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { useChange } from '../../hooks/use-change.ts';
import { optionsOf } from '../../table/filters.tsx';
import { SEVERITIES, WORD_CLASSES } from '../../util/survey-words.ts';

type Body = BodyOf<'/api/v1/text-ignores', 'post'>;
interface Values extends Omit<Body, 'until'> {
  readonly until?: string;
}

const required = (message: string) => ({ required: true, whitespace: true, message });

/** Says that a wording is no problem. Said again by another person, it is the second word that a veto-class one needs. */
export function IgnoreForm({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>();
  const ignore = useChange({
    change: ({ until, urlPrefix, ...rest }: Values) =>
      sendChange('post', '/api/v1/text-ignores', {
        body: { ...rest, urlPrefix: urlPrefix ?? '', until: until || null },
      }),
    doneWords: ({ isInForce }) => (isInForce ? '已忽略' : '已记下，还要另一个人确认才算'),
    refreshes: ['/api/v1/text-ignores'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title="新增忽略"
      okText="忽略"
      cancelText="取消"
      confirmLoading={ignore.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ class: 'typo', severity: 'ordinary', urlPrefix: '' }}
        onFinish={(values) => ignore.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <Form.Item
          name="text"
          label="文字（照检查结果里的原样）"
          rules={[required('请写是哪几个字')]}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="class" label="问题类别">
          <Select options={optionsOf(WORD_CLASSES)} />
        </Form.Item>
        <Form.Item name="severity" label="程度" extra="疑似严重表述错误的，要另一个人再说一次才算">
          <Select options={optionsOf(SEVERITIES)} />
        </Form.Item>
        <Form.Item name="urlPrefix" label="只对以此开头的网页" extra="不写是全部网页">
          <Input maxLength={2_000} autoComplete="off" placeholder="http://" />
        </Form.Item>
        <Form.Item name="until" label="有效到" extra="不写是一直有效">
          <Input type="date" min="2000-01-01" max="2099-12-31" />
        </Form.Item>
        <Form.Item name="reason" label="为什么不是问题" rules={[required('请写明理由')]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <FormProblem error={ignore.error} />
      </Form>
    </Modal>
  );
}
