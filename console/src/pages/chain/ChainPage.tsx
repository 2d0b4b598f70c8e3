import { PageHeader } from '../../ui/PageHeader.tsx';

export function ChainPage() {
  return <PageHeader title="一个问题的全部记录" />;
}
