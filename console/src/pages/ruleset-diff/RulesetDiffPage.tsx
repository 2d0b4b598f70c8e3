import { PageHeader } from '../../ui/PageHeader.tsx';

export function RulesetDiffPage() {
  return <PageHeader title="比较两个版本" />;
}
