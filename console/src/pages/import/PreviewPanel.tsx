import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import type { ImportPreview } from '../../api/types.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SheetReadings } from '../../ui/SheetReadings.tsx';
import { ChangedRows } from './ChangedRows.tsx';
import { DecideImport } from './DecideImport.tsx';
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
  const isOver = preview.state === 'applied' || preview.state === 'refused';
  return (
    <>
      <div className="panel">
        <Headline preview={preview} />
        <p className="quiet">
          {preview.sentBy}上传，
          {preview.mapName === null ? '表头自动识别' : `按列映射“${preview.mapName}”读`}
        </p>
        <ImportCounts preview={preview} />
        <SheetReadings sheets={preview.sheets} />
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
        {isOver ? (
          <p className="import-actions">
            <Link to="/sites">查看政府网站</Link>　<Link to="/accounts">查看政务新媒体</Link>　
            <button type="button" className="link-button" onClick={onAgain}>
              再导入一次
            </button>
          </p>
        ) : (
          <DecideImport preview={preview} onAgain={onAgain} />
        )}
      </div>
      {preview.changed > 0 && <ChangedRows id={preview.id} />}
    </>
  );
}

function Headline({ preview }: Pick<PreviewPanelProps, 'preview'>) {
  if (preview.state === 'applied')
    return <Alert type="success" showIcon className="form-problem" title="名录已导入" />;
  if (preview.state === 'refused')
    return (
      <Alert
        type="error"
        showIcon
        className="form-problem"
        title={`${preview.decidedBy}退回了这次导入`}
        description={`理由：${preview.reason}。名录没有改变。`}
      />
    );
  if (preview.state === 'waiting')
    return (
      <Alert
        type="info"
        showIcon
        className="form-problem"
        title={preview.isOwn ? '已提交，等另一个人批准' : '请核对下面的变化，批准或退回'}
        description={`${preview.whyReview.join('；')}。批准之前，名录不会改变。`}
      />
    );
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
  const why = preview.whyReview.join('；');
  return (
    <Alert
      type={why === '' ? 'info' : 'warning'}
      showIcon
      className="form-problem"
      title="文件没有错误，请核对下面的变化"
      description={
        why === ''
          ? '确认后立即生效，并留下历史；此前的名录可按日期查看。'
          : `要由第二个人批准：${why}。提交后，另一个能导入的人在“导入名录”里看到它。`
      }
    />
  );
}
