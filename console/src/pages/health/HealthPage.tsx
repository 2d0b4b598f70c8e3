import { PageHeader } from '../../ui/PageHeader.tsx';

export function HealthPage() {
  return <PageHeader title="运行状况" />;
}
