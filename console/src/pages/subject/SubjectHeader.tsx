import type { SiteItem, VerdictView } from '../../api/types.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SubjectStatusTag, VerdictTag } from '../../ui/state-tags.tsx';

interface SubjectHeaderProps {
  readonly name: string;
  readonly status: SiteItem['status'];
  readonly verdict: VerdictView | null;
  readonly list: { readonly to: '/sites' | '/accounts'; readonly words: string };
}

export function SubjectHeader({ name, status, verdict, list }: SubjectHeaderProps) {
  return (
    <PageHeader
      title={name}
      back={list}
      aside={
        <>
          <SubjectStatusTag status={status} />
          <VerdictTag verdict={verdict} />
        </>
      }
    />
  );
}
