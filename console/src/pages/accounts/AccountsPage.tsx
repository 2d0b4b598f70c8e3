import { PageHeader } from '../../ui/PageHeader.tsx';

export function AccountsPage() {
  return <PageHeader title="Accounts" />;
}
