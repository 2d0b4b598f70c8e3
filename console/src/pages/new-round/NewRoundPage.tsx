import { PageHeader } from '../../ui/PageHeader.tsx';

export function NewRoundPage() {
  return <PageHeader title="新建批次" />;
}
