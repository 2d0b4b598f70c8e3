import { useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import { FileDrop } from '../../forms/FileDrop.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { DUTY_REFRESHES } from '../duty-chain/duty-words.tsx';

/** Takes in the table that the export gives; a change of persons that needs a hand-over is refused there too. */
export function ImportChains() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const take = useChange({
    change: () => sendFiles('/api/v1/duty/chains/import', files),
    doneWords: ({ set, same }) => `登记了 ${set} 个岗位，${same} 个没有变化`,
    refreshes: DUTY_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setFiles([]),
  });
  return (
    <details className="more case-more">
      <summary>成批导入…</summary>
      <FileDrop
        title="选择填好的责任人员表"
        note="先导出一份，在“姓名或单位”等列里填好再导入；空着的行不动，有一行不对就都不导入"
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
