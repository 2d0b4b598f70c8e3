import { PageHeader } from '../../ui/PageHeader.tsx';

export function SetupPage() {
  return <PageHeader title="Setup" />;
}
