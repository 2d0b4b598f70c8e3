import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { ImportPreview } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

const REFRESHES = [
  ...(['/api/v1/registry/imports', '/api/v1/registry/imports/{id}'] as const),
  ...(['/api/v1/units', '/api/v1/sites', '/api/v1/accounts', '/api/v1/overview'] as const),
];
type Step = 'confirmation' | 'submission' | 'approval';
const PATHS = {
  confirmation: '/api/v1/registry/imports/{id}/confirmation',
  submission: '/api/v1/registry/imports/{id}/submission',
  approval: '/api/v1/registry/imports/{id}/approval',
} as const;
const DONE_WORDS = {
  confirmation: '名录已导入',
  submission: '已提交，等另一个人批准',
  approval: '已批准，名录已导入',
} as const;

const useStep = (id: string, step: Step) =>
  useChange({
    change: () => sendChange('post', PATHS[step], { params: { path: { id } } }),
    doneWords: DONE_WORDS[step],
    refreshes: REFRESHES,
  });

interface DecideImportProps {
  readonly preview: ImportPreview;
  readonly onAgain: () => void;
}

/** The ways on: one's own is confirmed or sent to a second person; another's is approved or refused. */
export function DecideImport({ preview, onAgain }: DecideImportProps) {
  const { state, isOwn } = preview;
  if (state === 'waiting' && !isOwn) return <Approve id={preview.id} />;
  return <Own preview={preview} onAgain={onAgain} />;
}

function Own({ preview, onAgain }: DecideImportProps) {
  const { id, state, whyReview } = preview;
  const needsSecond = whyReview.length > 0;
  const step = useStep(id, needsSecond ? 'submission' : 'confirmation');
  const drop = useChange({
    change: () =>
      sendChange('delete', '/api/v1/registry/imports/{id}', { params: { path: { id } } }),
    refreshes: ['/api/v1/registry/imports'],
    onDone: onAgain,
  });
  return (
    <p className="import-actions">
      {state !== 'waiting' && (
        <ReasonedButton
          type="primary"
          loading={step.isPending}
          whyNot={state === 'faulty' ? '文件有错误，请改正后重新上传。' : null}
          onClick={() => step.mutate()}
        >
          {needsSecond ? '提交批准' : '确认导入'}
        </ReasonedButton>
      )}
      <ConfirmButton
        question="放弃这次导入？"
        consequence="已上传的文件会被删除，名录不变。"
        confirmWords="放弃"
        onConfirm={() => drop.mutateAsync()}
      >
        放弃，重新上传
      </ConfirmButton>
    </p>
  );
}

function Approve({ id }: { readonly id: string }) {
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const approve = useStep(id, 'approval');
  const refuse = useChange({
    change: () =>
      sendChange('post', '/api/v1/registry/imports/{id}/refusal', {
        params: { path: { id } },
        body: { reason: reason.trim() },
      }),
    doneWords: '已退回，名录不变',
    refreshes: REFRESHES,
  });
  return (
    <div className="import-actions">
      <ConfirmButton
        type="primary"
        loading={approve.isPending}
        question="批准并导入？"
        consequence="名录立即改变，并留下历史；操作记录里写明上传人和您。"
        confirmWords="批准并导入"
        onConfirm={() => approve.mutateAsync()}
      >
        批准并导入
      </ConfirmButton>
      <div className="import-refusal">
        <label htmlFor={reasonId}>不同意的理由</label>
        <Input
          id={reasonId}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <ReasonedButton
          loading={refuse.isPending}
          whyNot={reason.trim() === '' ? '请先写明理由。' : null}
          onClick={() => refuse.mutate()}
        >
          退回
        </ReasonedButton>
      </div>
    </div>
  );
}
