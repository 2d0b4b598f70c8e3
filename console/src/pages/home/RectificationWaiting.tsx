import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { WaitingList } from '../../ui/WaitingList.tsx';

const WORDS: Readonly<Record<ItemOf<'/api/v1/rectification/waiting'>['kind'], string>> = {
  case: '件整改事项等您办',
  overdue: '件整改事项逾期',
};

/** Cases of rectification that wait for the one who is signed in, and what is overdue within his sight. */
export function RectificationWaiting() {
  const mayRead = useCan()('rectification.read');
  const waiting = useGet('/api/v1/rectification/waiting', {}, { enabled: mayRead });
  return (
    <WaitingList
      title="整改待办"
      label="整改待办"
      items={waiting.data?.items ?? []}
      words={WORDS}
    />
  );
}
