import { PageHeader } from '../../ui/PageHeader.tsx';

export function SitesPage() {
  return <PageHeader title="Sites" />;
}
