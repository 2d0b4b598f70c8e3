import { PageHeader } from '../../ui/PageHeader.tsx';

export function SitePage() {
  return <PageHeader title="Site" />;
}
