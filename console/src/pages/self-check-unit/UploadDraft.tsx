import { DownloadOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useState } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { sendFiles } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { FileDrop } from '../../forms/FileDrop.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SELF_CHECK_REFRESHES } from '../self-checks/self-check-words.tsx';
import type { AskedUnit } from './SelfCheckUnitPage.tsx';

type Draft = AnswerOf<'/api/v1/self-checks/{id}/units/{unitId}/draft', 'post'>;

interface UploadDraftProps {
  readonly asked: AskedUnit;
  readonly hasDraft: boolean;
}

/** Imports a file as the draft; what is wrong in it is said row by row, and nothing of it is taken then. */
export function UploadDraft({ asked, hasDraft }: UploadDraftProps) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const take = useChange<readonly File[], Draft>({
    change: (chosen) =>
      sendFiles('/api/v1/self-checks/{id}/units/{unitId}/draft', chosen, {
        path: { ...asked },
      }),
    doneWords: ({ rows, unmatched }) =>
      `已导入 ${rows} 行${unmatched === 0 ? '' : `，${unmatched} 行没有对上名录，请看下面`}`,
    refreshes: SELF_CHECK_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setFiles([]),
  });
  return (
    <Panel
      title="导入自查结果"
      aside={
        <a href={`/api/v1/self-checks/${asked.id}/units/${asked.unitId}/template`} download>
          <DownloadOutlined aria-hidden /> 下载模板（带示例）
        </a>
      }
    >
      <FileDrop
        isOne
        title="选择填好的自查结果，或拖到这里"
        note="Excel（.xlsx）或 CSV，一个文件，不超过 16 MB"
        accepted=".xlsx,.csv"
        files={files}
        onFiles={setFiles}
      />
      <UploadProblem error={take.error} />
      <ReasonedButton
        type="primary"
        whyNot={files.length === 0 ? '请先选择文件。' : null}
        loading={take.isPending}
        onClick={() => take.mutate(files)}
      >
        {hasDraft ? '导入并替换草稿' : '导入为草稿'}
      </ReasonedButton>
    </Panel>
  );
}

/** Complaints about rows stand one below the other: whoever mends the file goes through them. */
function UploadProblem({ error }: { readonly error: ApiError | null }) {
  if (error === null || error.details.length === 0) return <FormProblem error={error} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="form-problem"
      title={error.message}
      description={
        <ul className="self-check-complaints">
          {error.details.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      }
    />
  );
}
