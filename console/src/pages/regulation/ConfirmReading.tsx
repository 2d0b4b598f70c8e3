import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { REGULATION_REFRESHES, type Regulation } from '../regulations/regulation-words.tsx';

/** One's own receipt for the version in force. */
export function ConfirmReading({ regulation }: { readonly regulation: Regulation }) {
  const { id, currentId, isAsked, readAt, shown } = regulation;
  const confirm = useChange({
    change: (versionId: number) =>
      sendChange('post', '/api/v1/duty/regulations/{id}/receipt', {
        params: { path: { id } },
        body: { versionId },
      }),
    doneWords: '已确认学习',
    refreshes: REGULATION_REFRESHES,
  });
  if (!isAsked || currentId === null) return null;
  if (readAt !== null)
    return (
      <Panel title="我的学习">
        <p>
          <DateText at={readAt} /> 已确认学习第 {shown.number} 版。
        </p>
      </Panel>
    );
  return (
    <Panel title="我的学习">
      <ConfirmButton
        type="primary"
        question="已经读完这一版？"
        consequence="您的姓名和时间会记下来，不能撤回。"
        confirmWords="确认"
        loading={confirm.isPending}
        onConfirm={() => confirm.mutateAsync(currentId)}
      >
        确认已学习
      </ConfirmButton>
    </Panel>
  );
}
