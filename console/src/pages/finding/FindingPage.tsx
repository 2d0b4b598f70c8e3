import { Link, useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import '../findings/findings.css';
import { FindingBody } from '../findings/FindingBody.tsx';
import { FindingHead } from '../findings/FindingHead.tsx';

/** One finding under its own address: what is passed on in a message, and where a bulletin's number leads. */
export function FindingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const can = useCan();
  const answer = useGet('/api/v1/findings/{id}', { path: { id: Number(id) } });
  return (
    <Answer of={answer} rows={10} pageTitle="问题">
      {(finding) => (
        <>
          <PageHeader
            title={`问题 ${finding.id}`}
            note={finding.period}
            back={{ to: '/findings', words: '问题列表' }}
            actions={
              <>
                {can('finding.review') && (
                  <Link
                    to="/findings"
                    search={{ period: finding.period, view: 'all', id: String(finding.id) }}
                  >
                    在审核队列中打开
                  </Link>
                )}
                {can('audit.read') && (
                  <Link to="/findings/$id/chain" params={{ id: String(finding.id) }}>
                    全部记录（审计）
                  </Link>
                )}
              </>
            }
          />
          <FindingHead finding={finding} />
          <FindingBody finding={finding} />
        </>
      )}
    </Answer>
  );
}
