import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { OneTimeLink } from './OneTimeLink.tsx';

interface Values {
  readonly login: string;
  readonly name: string;
  readonly unitId: number | null;
}

/** Makes a user without roles: the security administrator grants them. The first password is chosen by the user himself. */
export function NewUser({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>();
  const [link, setLink] = useState<string | null>(null);
  const make = useChange({
    change: ({ login, name, unitId }: Values) =>
      sendChange('post', '/api/v1/users', { body: { login, name, unitId: unitId ?? null } }),
    doneWords: '用户已建好',
    refreshes: ['/api/v1/users'],
    isErrorShownByCaller: true,
    onDone: (made) => setLink(made.link),
  });
  if (link !== null)
    return (
      <Modal open title="用户已建好" onCancel={onClose} footer={null}>
        <OneTimeLink link={link} />
        <p className="quiet">下一步：请安全保密管理员给他授角色，在那之前他登录后什么也看不到。</p>
      </Modal>
    );
  return (
    <Modal
      open
      title="新建用户"
      okText="新建"
      cancelText="取消"
      confirmLoading={make.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => make.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <Form.Item
          name="name"
          label="姓名"
          rules={[{ required: true, whitespace: true, message: '请写姓名' }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="login"
          label="登录名"
          extra="小写字母开头，可用数字、点、横线；建好后不能改"
          rules={[
            { required: true, message: '请写登录名' },
            { pattern: /^[a-z][a-z0-9._-]{1,39}$/, message: '小写字母开头，2 到 40 位' },
          ]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="unitId" label="单位" extra="他看得到这个单位和它的下级；管理员可以不选">
          <UnitSelect label="单位" />
        </Form.Item>
        <FormProblem error={make.error} />
      </Form>
    </Modal>
  );
}
