import { Button, Form, Input } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { NewPassword } from '../../forms/NewPassword.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { Panel } from '../../ui/Panel.tsx';

interface Passwords {
  readonly old: string;
  readonly password: string;
}

export function PasswordPanel() {
  const [form] = Form.useForm<Passwords>();
  const change = useChange<Passwords>({
    change: ({ old, password }) =>
      sendChange('post', '/api/v1/session/password', { body: { old, new: password } }),
    doneWords: '密码已改；其他地方的登录已结束',
    refreshes: ['/api/v1/sessions'],
    onDone: () => form.resetFields(),
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="密码">
      <Form<Passwords>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="narrow-form"
        onFinish={(passwords) => change.mutate(passwords)}
      >
        <FormProblem error={change.error} />
        <Form.Item
          name="old"
          label="现在的密码"
          rules={[{ required: true, message: '请填写现在的密码' }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <NewPassword />
        <Button htmlType="submit" loading={change.isPending}>
          修改密码
        </Button>
      </Form>
    </Panel>
  );
}
