import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

/** Whether the chain of rows is whole; the first broken row is named. */
export function AuditVerification() {
  const answer = useGet('/api/v1/audit/verification', {});
  return (
    <div className="audit-verification" role="status">
      <Answer of={answer} rows={1}>
        {({ rows, ok, firstBroken, checkedAt }) => (
          <>
            {ok ? (
              <StateTag tone="good">记录完整：{rows.toLocaleString('zh-CN')} 行逐行验过</StateTag>
            ) : (
              <StateTag tone="bad">
                记录被改动：从第 {firstBroken?.id ?? '？'} 行起不相连
                {firstBroken && `（${firstBroken.why}）`}
              </StateTag>
            )}
            <span className="quiet">
              验于 <DateText at={checkedAt} as="exact" />
            </span>
          </>
        )}
      </Answer>
      <Button size="small" loading={answer.isFetching} onClick={() => void answer.refetch()}>
        重新验证
      </Button>
    </div>
  );
}
