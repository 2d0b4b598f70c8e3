import { PageHeader } from '../../ui/PageHeader.tsx';

export function SettingsPage() {
  return <PageHeader title="设置" />;
}
