import type { ReactNode } from 'react';
import type { Ability } from '../api/types.ts';
import { useCan, useWhyNot } from '../hooks/use-session.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';

interface NeedsAbilityProps {
  readonly ability: Ability;
  readonly children: ReactNode;
}

/** A page for those who have an ability; others are told which one it takes. The server refuses them anyway. */
export function NeedsAbility({ ability, children }: NeedsAbilityProps) {
  const can = useCan();
  const whyNot = useWhyNot();
  if (can(ability)) return children;
  return (
    <>
      <PageHeader title="不能查看这个页面" />
      <EmptyState title="没有权限">{whyNot(ability)}</EmptyState>
    </>
  );
}
