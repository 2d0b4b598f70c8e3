import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useEnter } from '../../hooks/use-enter.ts';

interface Entry {
  readonly login: string;
  readonly password: string;
  readonly code?: string;
}

const SECOND_FACTOR = 'identity.second-factor';

export function PasswordForm() {
  const [isCodeWanted, setCodeWanted] = useState(false);
  const enter = useEnter();
  const signIn = useChange<Entry>({
    change: async (entry) => {
      await sendChange('post', '/api/v1/session', { body: entry });
      await enter();
    },
    isErrorShownByCaller: true,
  });
  const submit = (entry: Entry): void => {
    const { code, ...rest } = entry;
    signIn.mutate(code ? { ...rest, code: code.trim() } : rest, {
      onError: (error) => {
        if (error.code === SECOND_FACTOR) setCodeWanted(true);
      },
    });
  };
  // The first time it is no failure: the password was right, the code is the next step.
  const isNextStep = signIn.error?.code === SECOND_FACTOR && signIn.variables?.code === undefined;
  return (
    <Form<Entry> layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      {signIn.error && !isNextStep && <FormProblem error={signIn.error} />}
      <Form.Item name="login" label="用户名" rules={[{ required: true, message: '请填写用户名' }]}>
        <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {isCodeWanted && (
        <Form.Item
          name="code"
          label="动态码"
          extra="手机验证器上的六位数字；手机不在身边时可用恢复码。"
          rules={[{ required: true, message: '请填写动态码' }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={32} autoFocus />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {isCodeWanted ? '验证并登录' : '登录'}
      </Button>
    </Form>
  );
}
