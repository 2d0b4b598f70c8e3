import { PageHeader } from '../../ui/PageHeader.tsx';

export function MePage() {
  return <PageHeader title="Me" />;
}
