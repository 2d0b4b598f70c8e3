import { PageHeader } from '../../ui/PageHeader.tsx';

export function RoundsPage() {
  return <PageHeader title="批次" />;
}
