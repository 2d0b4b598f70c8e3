import { DownOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useState } from 'react';
import { sendChange } from '../api/client.ts';
import type { SessionUser } from '../api/types.ts';
import { useChange } from '../hooks/use-change.ts';
import { ROLE_WORDS } from '../util/words.ts';

/** Who is signed in, his own pages, and the way out. */
export function UserMenu({ user }: { readonly user: SessionUser }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = useChange({
    change: () => sendChange('delete', '/api/v1/session'),
    onDone: () => {
      queries.clear();
      void navigate({ to: '/login' });
    },
  });
  const content = (
    <div className="user-menu">
      <p>
        <strong>{user.name}</strong>（{user.login}）
      </p>
      <p className="quiet">{user.unit?.name ?? '不属于任何单位'}</p>
      <p className="quiet">{user.roles.map((role) => ROLE_WORDS[role]).join('、') || '没有角色'}</p>
      <ul>
        <li>
          <Link to="/me" onClick={() => setOpen(false)}>
            我的账户
          </Link>
        </li>
        <li>
          <button type="button" className="link-button" onClick={() => signOut.mutate()}>
            退出登录
          </button>
        </li>
      </ul>
    </div>
  );
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={content}
    >
      <button type="button" className="top-bar-user" aria-expanded={isOpen}>
        <UserOutlined aria-hidden />
        <span>{user.name}</span>
        <DownOutlined aria-hidden />
      </button>
    </Popover>
  );
}
