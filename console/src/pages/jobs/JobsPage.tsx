import { PageHeader } from '../../ui/PageHeader.tsx';

export function JobsPage() {
  return <PageHeader title="任务" />;
}
