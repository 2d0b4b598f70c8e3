import { Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { optionsOf } from '../../table/filters.tsx';
import { type ChannelValues, inputOf, valuesOf } from './channel-values.ts';
import { CHANNEL_KIND_WORDS, type Channel, type ChannelInput } from './channel-words.tsx';

interface ChannelFormProps {
  /** Null = a new one. */
  readonly former: Channel | null;
  readonly onClose: () => void;
}

/** Makes or changes a channel. Secrets are written and never read: an empty one stays as it is. */
export function ChannelForm({ former, onClose }: ChannelFormProps) {
  const [form] = Form.useForm<ChannelValues>();
  const kind = Form.useWatch('kind', form) ?? former?.kind ?? 'email';
  const keep = useChange({
    change: (body: ChannelInput) =>
      former === null
        ? sendChange('post', '/api/v1/notice-channels', { body })
        : sendChange('put', '/api/v1/notice-channels/{id}', {
            params: { path: { id: former.id } },
            body,
          }),
    doneWords: '已保存；请发一条测试消息',
    refreshes: ['/api/v1/notice-channels'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={former === null ? '添加发送通道' : `修改“${former.name}”`}
      okText="保存"
      cancelText="取消"
      confirmLoading={keep.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<ChannelValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={valuesOf(former)}
        onFinish={(values) =>
          // Fields that the form does not show keep what they were.
          keep.mutate(inputOf({ ...valuesOf(former), ...values }), {
            onError: (error) => markField(form, error),
          })
        }
      >
        <Form.Item name="kind" label="种类">
          <Select disabled={former !== null} options={optionsOf(CHANNEL_KIND_WORDS)} />
        </Form.Item>
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, message: '请写名称' }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        {kind === 'email' ? <MailFields isNew={former === null} /> : <AddressFields kind={kind} />}
        <CommonFields />
        <FormProblem error={keep.error} />
      </Form>
    </Modal>
  );
}

function MailFields({ isNew }: { readonly isNew: boolean }) {
  return (
    <>
      <Form.Item
        name="host"
        label="邮件服务器"
        rules={[{ required: true, message: '请填邮件服务器的地址' }]}
      >
        <Input maxLength={253} placeholder="smtp.example.gov.cn" autoComplete="off" />
      </Form.Item>
      <Form.Item name="port" label="端口" extra="加密连接通常是 465">
        <InputNumber min={1} max={65_535} />
      </Form.Item>
      <Form.Item
        name="from"
        label="发件人"
        rules={[{ required: true, message: '请填发件人的邮箱' }]}
      >
        <Input maxLength={200} placeholder="巡鉴 <xunjian@example.gov.cn>" autoComplete="off" />
      </Form.Item>
      <Form.Item name="user" label="登录名" extra="服务器不要登录的，空着">
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="password" label="密码" extra={isNew ? '保存以后不再显示' : '空着就不变'}>
        <Input.Password maxLength={2_000} autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

function AddressFields({ kind }: { readonly kind: Channel['kind'] }) {
  const isHook = kind === 'webhook';
  return (
    <>
      <Form.Item
        name="url"
        label={isHook ? '接口的网址' : '机器人的网址'}
        extra="含有密钥，保存以后不再显示；修改时空着就不变"
      >
        <Input.Password maxLength={2_000} autoComplete="new-password" />
      </Form.Item>
      {kind !== 'wecom' && (
        <Form.Item
          name="key"
          label={isHook ? '签名的密钥' : '加签的密钥'}
          extra={isHook ? '至少 8 个字符；对方用它核对消息是不是我们发的' : '没有开加签的，空着'}
        >
          <Input.Password maxLength={2_000} autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item name="unitId" label="哪个单位的群或系统" extra="空着是主管单位的">
        <UnitSelect label="单位" />
      </Form.Item>
    </>
  );
}

const CLOCK = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: '写成 08:00 这样' };

function CommonFields() {
  const kinds = useGet('/api/v1/inbox/preferences', {}).data?.kinds ?? [];
  return (
    <>
      <Form.Item name="kinds" label="哪几类通知走这个通道" extra="空着是全部">
        <Select
          mode="multiple"
          allowClear
          options={kinds.map(({ kind, name }) => ({ value: kind, label: name }))}
        />
      </Form.Item>
      <Form.Item name="quietFrom" label="不打扰的时段：从" rules={[CLOCK]}>
        <Input maxLength={5} />
      </Form.Item>
      <Form.Item name="quietTo" label="不打扰的时段：到" rules={[CLOCK]}>
        <Input maxLength={5} />
      </Form.Item>
      <Form.Item name="workdaysOnly" valuePropName="checked">
        <Checkbox>只在工作日发（加急的不论）</Checkbox>
      </Form.Item>
      <Form.Item name="resendsUncertain" valuePropName="checked">
        <Checkbox>不知道有没有送到的，自动重发（对方可能收到两次）</Checkbox>
      </Form.Item>
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>启用</Checkbox>
      </Form.Item>
    </>
  );
}
