import { MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useIsNarrow } from '../hooks/use-is-narrow.ts';
import { useUser } from '../hooks/use-session.ts';
import { InboxBell } from './InboxBell.tsx';
import { SideMenu } from './SideMenu.tsx';
import { UserMenu } from './UserMenu.tsx';

/** What surrounds every page of a signed-in person. */
export function Shell() {
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const user = useUser();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const shownPath = useRef(path);
  // Screen readers and keyboards begin at the new page, not at the link that led to it.
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        跳到正文
      </a>
      <header className="top-bar">
        {isNarrow && (
          <button type="button" className="top-bar-button" onClick={() => setOpen(true)}>
            <MenuOutlined aria-hidden />
            <span className="only-read">打开菜单</span>
          </button>
        )}
        <Link to="/" className="top-bar-brand">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <strong>巡鉴</strong>
          <span>政府网站与政务新媒体监管</span>
        </Link>
        {user && <InboxBell />}
        {user && <UserMenu user={user} />}
      </header>
      <div className="shell-body">
        {isNarrow ? (
          <Drawer
            open={isOpen}
            onClose={() => setOpen(false)}
            placement="left"
            size={240}
            title="菜单"
            styles={{ body: { padding: 8 } }}
          >
            <SideMenu onChosen={() => setOpen(false)} />
          </Drawer>
        ) : (
          <div className="shell-side">
            <SideMenu />
          </div>
        )}
        <main id="main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
