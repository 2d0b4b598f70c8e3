import { sendFiles } from '../../api/client.ts';
import { ImportFile } from '../../forms/ImportFile.tsx';
import { DUTY_REFRESHES } from '../duty-chain/duty-words.tsx';

/** Takes in the table that the export gives; a change of persons that needs a hand-over is refused there too. */
export function ImportChains() {
  return (
    <ImportFile
      summary="成批导入…"
      title="选择填好的责任人员表"
      note="先导出一份，在“姓名或单位”等列里填好再导入；空着的行不动，有一行不对就都不导入"
      send={(files) => sendFiles('/api/v1/duty/chains/import', files)}
      doneWords={({ set, same }) => `登记了 ${set} 个岗位，${same} 个没有变化`}
      refreshes={DUTY_REFRESHES}
    />
  );
}
