import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OfficialWords } from '../../ui/OfficialWords.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

type Notice = AnswerOf<'/api/v1/rectification/notices/{id}'>;

/** One notice as its .docx says it, each row of its table leading to its case. */
export function NoticeText({ id }: { readonly id: number }) {
  const notice = useGet('/api/v1/rectification/notices/{id}', { path: { id } });
  return (
    <Answer of={notice} rows={8}>
      {(data) => (
        <Panel
          title={data.number}
          aside={
            <span className="button-row">
              <a href={`/api/v1/rectification/notices/${id}/notice.docx`} download>
                <DownloadOutlined aria-hidden /> 下载公文（.docx）
              </a>
              <Link to="/rectification" search={{ noticeId: String(id) }}>
                办理这些事项
              </Link>
              <Link to="/rectification/notices">收起</Link>
            </span>
          }
        >
          <OfficialWords of={data} />
          <Problems notice={data} />
        </Panel>
      )}
    </Answer>
  );
}

/** Where the name of the subject stands in a row. */
const NAME = 1;

function Problems({ notice: { table } }: { readonly notice: Notice }) {
  return (
    <ScrollBox name={table.title}>
      <table className="plain-table">
        <caption className="only-read">{table.title}</caption>
        <thead>
          <tr>
            {table.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ caseId, cells }) => (
            <tr key={caseId}>
              {cells.map((cell, at) => (
                <td key={table.heads[at]} className="keep-lines">
                  {at === NAME ? (
                    <Link to="/rectification/$id" params={{ id: String(caseId) }}>
                      {cell}
                    </Link>
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
