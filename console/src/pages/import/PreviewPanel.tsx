import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { sendChange } from '../../api/client.ts';
import type { ImportPreview } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ImportCounts } from './ImportCounts.tsx';
import { RowErrors } from './RowErrors.tsx';

interface PreviewPanelProps {
  readonly preview: ImportPreview;
  readonly onAgain: () => void;
}

/** What the import would change, what is wrong in the files, and the two ways on. */
export function PreviewPanel({ preview, onAgain }: PreviewPanelProps) {
  if (preview.state === 'expired')
    return (
      <EmptyState title="这份预览已过期" action={<Button onClick={onAgain}>重新上传</Button>}>
        预览只保留一段时间，名录也可能已经改变；请重新上传文件。
      </EmptyState>
    );
  return (
    <div className="panel">
      <Headline preview={preview} />
      <ImportCounts preview={preview} />
      {preview.warnings.length > 0 && (
        <details className="more" open>
          <summary>提醒 {preview.warnings.length} 条（不影响导入）</summary>
          <ul className="import-warnings">
            {preview.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
      <RowErrors errors={preview.errors} />
      {preview.state === 'done' ? (
        <p className="import-actions">
          <Link to="/sites">查看政府网站</Link>　<Link to="/accounts">查看政务新媒体</Link>　
          <button type="button" className="link-button" onClick={onAgain}>
            再导入一次
          </button>
        </p>
      ) : (
        <Decision preview={preview} onAgain={onAgain} />
      )}
    </div>
  );
}

function Headline({ preview }: Pick<PreviewPanelProps, 'preview'>) {
  if (preview.state === 'done')
    return <Alert type="success" showIcon className="form-problem" title="名录已导入" />;
  if (preview.state === 'faulty')
    return (
      <Alert
        type="error"
        showIcon
        className="form-problem"
        title={`有 ${preview.errors.length} 处错误，不能导入`}
        description="请按下表改正文件后重新上传；一处都没有改变名录。"
      />
    );
  return (
    <Alert
      type="info"
      showIcon
      className="form-problem"
      title="文件没有错误，请核对下面的变化"
      description="确认后立即生效，并留下历史；此前的名录可按日期查看。"
    />
  );
}

function Decision({ preview, onAgain }: PreviewPanelProps) {
  const { id, state } = preview;
  const path = { params: { path: { id } } };
  const confirm = useChange({
    change: () => sendChange('post', '/api/v1/registry/imports/{id}/confirmation', path),
    doneWords: '名录已导入',
    refreshes: [
      '/api/v1/registry/imports/{id}',
      '/api/v1/units',
      '/api/v1/sites',
      '/api/v1/accounts',
      '/api/v1/overview',
    ],
  });
  const drop = useChange({
    change: () => sendChange('delete', '/api/v1/registry/imports/{id}', path),
    onDone: onAgain,
  });
  return (
    <p className="import-actions">
      <ReasonedButton
        type="primary"
        loading={confirm.isPending}
        whyNot={state === 'faulty' ? '文件有错误，请改正后重新上传。' : null}
        onClick={() => confirm.mutate()}
      >
        确认导入
      </ReasonedButton>
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
