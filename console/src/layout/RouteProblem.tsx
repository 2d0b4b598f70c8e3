import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { ApiError } from '../api/api-error.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';

/** A page that could not be shown. After an update of the server old parts are gone: then only a reload helps. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={reset} />;
  const isOldPart = /dynamically imported module|module script/i.test(String(error));
  return (
    <EmptyState
      title={isOldPart ? '程序已更新' : '页面出错'}
      action={<Button onClick={() => window.location.reload()}>刷新页面</Button>}
    >
      {isOldPart ? '请刷新页面，使用新的版本。' : '请刷新后重试；若仍然出错，请告诉管理员。'}
    </EmptyState>
  );
}

export function NoSuchPage() {
  return (
    <>
      <PageHeader title="没有这个页面" />
      <EmptyState title="地址可能写错，或该页面已移走" action={<a href="/">回首页</a>} />
    </>
  );
}
