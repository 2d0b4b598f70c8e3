import { PageHeader } from '../../ui/PageHeader.tsx';

export function RulesetsPage() {
  return <PageHeader title="规则" />;
}
