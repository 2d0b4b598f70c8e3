import type { ReactNode } from 'react';
import { usePageTitle } from '../hooks/use-page-title.ts';

interface DoorPageProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** What surrounds the pages before the door: signing in, first set-up. */
export function DoorPage({ title, note, children }: DoorPageProps) {
  usePageTitle(title);
  return (
    <div className="door">
      <header>
        <img src="/icon.svg" alt="" width="40" height="40" />
        <p>
          <strong>巡鉴</strong>
          <span>政府网站与政务新媒体监管</span>
        </p>
      </header>
      <main>
        <h1>{title}</h1>
        {note && <p className="quiet door-note">{note}</p>}
        {children}
      </main>
      <footer className="quiet">操作均留有记录。请勿处理涉及国家秘密的内容。</footer>
    </div>
  );
}
