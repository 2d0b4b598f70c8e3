import { useWhyNot } from '../../hooks/use-session.ts';

/** The way to an archived original, for those who may open it; a dash where none was kept. */
export function OriginalLink({ snapshot }: { readonly snapshot: string | null }) {
  const whyNot = useWhyNot()('evidence.read');
  if (snapshot === null || whyNot !== null) return '—';
  return (
    <a href={`/api/v1/evidence/records/${snapshot}/view`} target="_blank" rel="noopener noreferrer">
      查看
    </a>
  );
}
