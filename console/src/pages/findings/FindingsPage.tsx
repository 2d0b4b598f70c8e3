import { PageHeader } from '../../ui/PageHeader.tsx';

export function FindingsPage() {
  return <PageHeader title="问题" />;
}
