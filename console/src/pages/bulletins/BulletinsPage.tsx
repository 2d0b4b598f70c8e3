import { PageHeader } from '../../ui/PageHeader.tsx';

export function BulletinsPage() {
  return <PageHeader title="通报" />;
}
