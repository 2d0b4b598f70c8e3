import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { WaitingList } from '../../ui/WaitingList.tsx';

const WORDS: Readonly<Record<ItemOf<'/api/v1/account-cases/waiting'>['kind'], string>> = {
  case: '件账号事项等您办',
  upkeep: '项每月维护待本单位确认',
  overdue: '个单位逾期没有确认每月维护',
};

/** Cases and confirmations that wait for the one who is signed in; nothing where nothing waits. */
export function LifecycleWaiting() {
  const waiting = useGet('/api/v1/account-cases/waiting', {}, { enabled: useCan()('case.read') });
  return (
    <WaitingList
      title="账号与维护待办"
      label="账号事项与每月维护待办"
      items={waiting.data?.items ?? []}
      words={WORDS}
    />
  );
}
