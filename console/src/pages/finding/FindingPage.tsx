import { PageHeader } from '../../ui/PageHeader.tsx';

export function FindingPage() {
  return <PageHeader title="问题" />;
}
