import { LeftOutlined } from '@ant-design/icons';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePageTitle } from '../hooks/use-page-title.ts';

interface PageHeaderProps {
  readonly title: string;
  /** Beside the title: a state, an identity. */
  readonly aside?: ReactNode;
  /** One line below: what this is, in words. */
  readonly note?: ReactNode;
  readonly back?: {
    readonly to: NonNullable<LinkProps['to']>;
    readonly params?: Readonly<Record<string, string>>;
    readonly words: string;
  };
  readonly actions?: ReactNode;
}

export function PageHeader({ title, aside, note, back, actions }: PageHeaderProps) {
  usePageTitle(title);
  return (
    <div className="page-header">
      {back && (
        <Link to={back.to} params={back.params ?? {}} className="page-header-back">
          <LeftOutlined aria-hidden /> {back.words}
        </Link>
      )}
      <div className="page-header-row">
        <h1>{title}</h1>
        {aside}
        {actions && <div className="page-header-actions">{actions}</div>}
      </div>
      {note && <p className="page-header-note">{note}</p>}
    </div>
  );
}
