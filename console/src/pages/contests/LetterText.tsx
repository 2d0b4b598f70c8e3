import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OfficialWords } from '../../ui/OfficialWords.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { LetterStanding } from './LetterStanding.tsx';

type Letter = AnswerOf<'/api/v1/contest-letters/{id}'>;

/** One letter as its .docx says it, each finding leading to its evidence and to where one objects. */
export function LetterText({ id }: { readonly id: number }) {
  const letter = useGet('/api/v1/contest-letters/{id}', { path: { id } });
  return (
    <Answer of={letter} rows={8}>
      {(data) => (
        <Panel
          title={data.number}
          aside={
            <span className="button-row">
              <a href={`/api/v1/contest-letters/${id}/letter.docx`} download>
                <DownloadOutlined aria-hidden /> 下载公文（.docx）
              </a>
              <Link to="/contests">收起</Link>
            </span>
          }
        >
          <div className="stack">
            <LetterStanding letter={data} />
            {data.reason !== '' && <p>提前结束的理由：{data.reason}</p>}
            <OfficialWords of={data} />
          </div>
          <Findings rows={data.rows} />
        </Panel>
      )}
    </Answer>
  );
}

function Findings({ rows }: Pick<Letter, 'rows'>) {
  return (
    <ScrollBox name="待核对的问题清单">
      <table className="plain-table">
        <caption className="only-read">待核对的问题清单</caption>
        <thead>
          <tr>
            {['网站或账号', '证据和申辩', '问题', '依据', '看到的位置和内容'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ findingId, name, label, clause, locator, excerpt }) => (
            <tr key={findingId}>
              <th scope="row">{name}</th>
              <td>
                <Link to="/findings/$id" params={{ id: String(findingId) }}>
                  打开问题 {findingId}
                </Link>
              </td>
              <td>{label}</td>
              <td>{clause}</td>
              <td className="keep-lines">{`${locator}\n${excerpt}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
