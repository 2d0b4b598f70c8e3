import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { Search } from '../../util/search.ts';
import { CompareFile } from './CompareFile.tsx';
import { DiffDetail } from './DiffDetail.tsx';
import './register-diff.css';

/** The register against the national system's export; the comparison looked at stands in the address. */
export function RegisterDiffPage() {
  const { id } = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const mayCompare = useCan()('registry.import');
  const show = (made: number): void =>
    void navigate({ to: '/register-diff', search: { id: String(made) } });
  const opened = Number(id);
  return (
    <>
      <PageHeader
        title="报送系统比对"
        note="全国政务新媒体信息报送系统的导出文件与本平台名录逐字段比对；采用之前，名录不会改变。"
        {...(id !== undefined && { actions: <Link to="/register-diff">全部比对</Link> })}
      />
      {Number.isInteger(opened) && opened > 0 ? (
        <DiffDetail id={opened} />
      ) : (
        <>
          {mayCompare && <CompareFile onCompared={show} />}
          <KeptDiffs />
        </>
      )}
    </>
  );
}

function KeptDiffs() {
  const kept = useGet('/api/v1/register-diffs', {});
  return (
    <Answer of={kept} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="还没有比对">
            主管单位上传报送系统的导出文件之后，这里列出结果。
          </EmptyState>
        ) : (
          <Panel title="做过的比对">
            <ul className="kept-diffs">
              {items.map(({ id, fileName, madeBy, madeAt, expiresAt }) => (
                <li key={id}>
                  <Link to="/register-diff" search={{ id: String(id) }}>
                    {fileName}
                  </Link>{' '}
                  <span className="quiet">
                    {madeBy}，<DateText at={madeAt} />
                    ；保存到 <DateText at={expiresAt} as="date" />
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        )
      }
    </Answer>
  );
}
