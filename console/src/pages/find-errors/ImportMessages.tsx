import { sendFiles } from '../../api/client.ts';
import { ImportFile } from '../../forms/ImportFile.tsx';

/** Takes in an export of the national platform; numbers that were here before are passed over. */
export function ImportMessages() {
  return (
    <ImportFile
      summary="导入国家平台的留言…"
      title="选择导出的留言"
      note=".xlsx 或 .csv，要有留言编号、留言内容、留言时间三列；编号导过的不再导"
      send={(files) => sendFiles('/api/v1/find-errors/import', files)}
      doneWords={({ received, assigned, known }) =>
        `新收 ${received} 条（已交主办单位 ${assigned} 条），以前收过 ${known} 条`
      }
      refreshes={['/api/v1/find-errors']}
    />
  );
}
