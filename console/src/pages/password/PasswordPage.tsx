import { Link, useSearch } from '@tanstack/react-router';
import { Button, Form, Result } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { NewPassword } from '../../forms/NewPassword.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { DoorPage } from '../../layout/DoorPage.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { Search } from '../../util/search.ts';

interface Values {
  readonly password: string;
}

/** Where the one-time link of a new or forgotten password leads: its owner chooses a password. */
export function PasswordPage() {
  const { token } = useSearch({ strict: false }) as Search;
  const [form] = Form.useForm<Values>();
  const set = useChange<Values, { login: string }>({
    change: ({ password }) =>
      sendChange('post', '/api/v1/session/password-link', {
        body: { token: String(token), password },
      }),
    isErrorShownByCaller: true,
  });
  if (!token)
    return (
      <DoorPage title="设置密码">
        <EmptyState title="链接不完整">请完整复制收到的一次性链接。</EmptyState>
      </DoorPage>
    );
  if (set.data)
    return (
      <DoorPage title="设置密码">
        <Result
          status="success"
          title="密码已设好"
          subTitle={`登录名：${set.data.login}`}
          extra={<Link to="/login">去登录</Link>}
        />
      </DoorPage>
    );
  return (
    <DoorPage title="设置密码" note="链接只能用一次；设好以后，其他地方的登录会失效。">
      <Form<Values>
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(values) => set.mutate(values, { onError: (error) => markField(form, error) })}
      >
        <FormProblem error={set.error} />
        <NewPassword label="密码" />
        <Button type="primary" htmlType="submit" block loading={set.isPending}>
          设置密码
        </Button>
      </Form>
    </DoorPage>
  );
}
