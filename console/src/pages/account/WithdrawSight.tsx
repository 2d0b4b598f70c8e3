import { Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { ListedSight } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { DateText } from '../../ui/DateText.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

const REASON_MAX = 500;

/** What became of a sight that was taken back, or the way to take it back for who may. */
export function WithdrawSight({ seen }: { readonly seen: ListedSight }) {
  const [isOpen, setOpen] = useState(false);
  if (seen.withdrawn !== null)
    return (
      <div className="quiet">
        {seen.withdrawn.by} <DateText at={seen.withdrawn.at} /> 撤回：{seen.withdrawn.why}
      </div>
    );
  if (!seen.mayWithdraw) return null;
  return (
    <>
      <ReasonedButton size="small" whyNot={null} onClick={() => setOpen(true)}>
        撤回…
      </ReasonedButton>
      {isOpen && <WithdrawDialog id={seen.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function WithdrawDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const withdraw = useChange({
    change: () =>
      sendChange('post', '/api/v1/observations/{id}/withdrawal', {
        params: { path: { id } },
        body: { reason: reason.trim() },
      }),
    doneWords: '已撤回；没有冻结的批次已重新判定',
    refreshes: ['/api/v1/accounts/{id}/observations', '/api/v1/accounts/{id}/rounds/{period}'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal open title="撤回这条人工观察" onCancel={onClose} footer={null} destroyOnHidden>
      <p>
        观察会保留并注明撤回，不再作为依据；用到它的、没有冻结的批次随即重新判定，对有变化的问题要重新审核。更正后的情况请另登记一条。
      </p>
      <label htmlFor="withdraw-reason">哪里有误</label>
      <Input.TextArea
        id="withdraw-reason"
        value={reason}
        rows={2}
        maxLength={REASON_MAX}
        showCount
        onChange={({ target }) => setReason(target.value)}
      />
      <FormProblem error={withdraw.error} />
      <ReasonedButton
        danger
        whyNot={reason.trim() === '' ? '请写明哪里有误' : null}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        撤回
      </ReasonedButton>
    </Modal>
  );
}
