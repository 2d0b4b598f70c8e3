import { useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import { FileDrop } from '../../forms/FileDrop.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

/** Takes in an export of the national platform; numbers that were here before are passed over. */
export function ImportMessages() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const take = useChange({
    change: () => sendFiles('/api/v1/find-errors/import', files),
    doneWords: ({ received, assigned, known }) =>
      `新收 ${received} 条（已交主办单位 ${assigned} 条），以前收过 ${known} 条`,
    refreshes: ['/api/v1/find-errors'],
    isErrorShownByCaller: true,
    onDone: () => setFiles([]),
  });
  return (
    <details className="more case-more">
      <summary>导入国家平台的留言…</summary>
      <FileDrop
        title="选择导出的留言"
        note=".xlsx 或 .csv，要有留言编号、留言内容、留言时间三列；编号导过的不再导"
        accepted=".xlsx,.csv"
        isOne
        files={files}
        onFiles={setFiles}
      />
      <FormProblem error={take.error} />
      <ReasonedButton
        type="primary"
        whyNot={files.length === 0 ? '请先选择文件。' : null}
        loading={take.isPending}
        onClick={() => take.mutate()}
      >
        导入
      </ReasonedButton>
    </details>
  );
}
