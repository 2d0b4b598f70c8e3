import { PageHeader } from '../../ui/PageHeader.tsx';

export function UsersPage() {
  return <PageHeader title="用户与角色" />;
}
