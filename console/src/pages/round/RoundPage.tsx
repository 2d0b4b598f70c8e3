import { PageHeader } from '../../ui/PageHeader.tsx';

export function RoundPage() {
  return <PageHeader title="批次" />;
}
