import { useSearch } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { markField } from '../../forms/mark-field.ts';
import { NewPassword } from '../../forms/NewPassword.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useEnter } from '../../hooks/use-enter.ts';
import { useSession } from '../../hooks/use-session.ts';
import { DoorPage } from '../../layout/DoorPage.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { Search } from '../../util/search.ts';
import { OneTimeLink } from '../users/OneTimeLink.tsx';

interface FirstUser {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

/** The one-time link of the first start, printed in the terminal: makes the first system administrator. */
export function SetupPage() {
  const { token } = useSearch({ strict: false }) as Search;
  useSession();
  if (!token)
    return (
      <DoorPage title="首次设置">
        <EmptyState title="链接不完整">
          请从启动巡鉴的终端里完整复制一次性链接；链接用过或过期后，重新启动会得到新的链接。
        </EmptyState>
      </DoorPage>
    );
  return (
    <DoorPage
      title="首次设置"
      note="设置第一位系统管理员。链接只能用一次；其他用户由系统管理员新建，由安全保密管理员授予角色。"
    >
      <FirstUserForm token={token} />
    </DoorPage>
  );
}

type Made = AnswerOf<'/api/v1/setup', 'post'>;

/** The two other administrators' links, shown once before going on. */
function OtherAdministrators({ links }: Pick<Made, 'links'>) {
  const enter = useEnter();
  return (
    <>
      <p>系统管理员已建好。另外两位管理员必须由别人担任（三员分立），请把链接分别交给他们：</p>
      <ul className="plain-list">
        {links.map(({ login, name, link }) => (
          <li key={login}>
            <div>
              <strong>{name}</strong>（登录名 {login}）
              <OneTimeLink link={link} />
            </div>
          </li>
        ))}
      </ul>
      <Button type="primary" block onClick={() => void enter()}>
        已经交付，进入巡鉴
      </Button>
    </>
  );
}

function FirstUserForm({ token }: { readonly token: string }) {
  const [form] = Form.useForm<FirstUser>();
  const setUp = useChange<FirstUser, Made>({
    change: ({ login, name, password }) =>
      sendChange('post', '/api/v1/setup', { body: { token, login, name, password } }),
    isErrorShownByCaller: true,
  });
  if (setUp.data) return <OtherAdministrators links={setUp.data.links} />;
  return (
    <Form<FirstUser>
      form={form}
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={(user) => setUp.mutate(user, { onError: (error) => markField(form, error) })}
    >
      <FormProblem error={setUp.error} />
      <Form.Item
        name="login"
        label="用户名"
        extra="登录时用；字母、数字、点和横线。"
        rules={[
          { required: true, message: '请填写用户名' },
          {
            pattern: /^[A-Za-z][\w.-]{1,39}$/,
            message: '以字母开头，2 到 40 个字母、数字、点或横线',
          },
        ]}
      >
        <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
        <Input autoComplete="name" maxLength={40} />
      </Form.Item>
      <NewPassword label="密码" />
      <Button type="primary" htmlType="submit" block loading={setUp.isPending}>
        完成设置
      </Button>
    </Form>
  );
}
