import { PageHeader } from '../../ui/PageHeader.tsx';

export function BulletinPage() {
  return <PageHeader title="通报" />;
}
