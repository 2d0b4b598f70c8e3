import { PageHeader } from '../../ui/PageHeader.tsx';

export function UnitsPage() {
  return <PageHeader title="Units" />;
}
