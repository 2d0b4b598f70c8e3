import { Drawer } from 'antd';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { RolesForm } from './RolesForm.tsx';
import { UserActions } from './UserActions.tsx';
import { type User, UserStateTag } from './user-state.tsx';

interface UserDrawerProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** One user: who he is, what he may, what administrators can do about him. */
export function UserDrawer({ user, onClose }: UserDrawerProps) {
  return (
    <Drawer open onClose={onClose} title={`${user.name}（${user.login}）`} size="min(560px, 100vw)">
      <Properties
        of={[
          ['状态', <UserStateTag key="s" state={user.state} />],
          ['单位', user.unit?.name ?? '不属于单位'],
          ['第二因素', user.secondFactor ? '已开' : '未开'],
          ['统一身份', user.isLinked ? '已绑定' : '未绑定'],
          ['上次登录', <DateText key="l" at={user.lastSignInAt} never="从未登录" />],
          ['建立时间', <DateText key="c" at={user.createdAt} />],
        ]}
      />
      <Panel title="角色" className="user-panel">
        <RolesForm user={user} />
      </Panel>
      <Panel title="账户" className="user-panel">
        <UserActions user={user} />
      </Panel>
    </Drawer>
  );
}
