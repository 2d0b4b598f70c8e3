import { PageHeader } from '../../ui/PageHeader.tsx';

export function RulesetPage() {
  return <PageHeader title="规则集" />;
}
