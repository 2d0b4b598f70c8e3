import { useParams } from '@tanstack/react-router';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import '../findings/findings.css';
import { ChainPanel } from './ChainPanel.tsx';

export function ChainPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return (
    <NeedsAbility ability="audit.read">
      <PageHeader
        title={`问题 ${id} 的全部记录`}
        note="事实、判断、审核、申辩和每一次操作；只读，供审计。"
        back={{ to: '/findings', words: '问题列表' }}
      />
      <ChainPanel id={Number(id)} />
    </NeedsAbility>
  );
}
