import { Button, Form, Input } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useEnter } from '../../hooks/use-enter.ts';

/** The second factor after the identity provider. */
export function CodeForm() {
  const enter = useEnter();
  const verify = useChange<{ code: string }>({
    change: async ({ code }) => {
      await sendChange('post', '/api/v1/session/oidc/code', { body: { code: code.trim() } });
      await enter();
    },
    isErrorShownByCaller: true,
  });
  return (
    <Form<{ code: string }>
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={verify.mutate}
    >
      <FormProblem error={verify.error} />
      <Form.Item
        name="code"
        label="动态码"
        extra="手机验证器上的六位数字；手机不在身边时可用恢复码。"
        rules={[{ required: true, min: 6, message: '请填写动态码' }]}
      >
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={32} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={verify.isPending}>
        验证并登录
      </Button>
      <p className="door-or">
        <a href="/login">改用其他方式登录</a>
      </p>
    </Form>
  );
}
