import type { SiteRound } from '../../api/types.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { bytesText } from '../../util/bytes.ts';
import { outcomeWords, pageRoleWords } from '../../util/fact-words.ts';

/** A site may have thousands; the whole list is the evidence pack's business. */
const SHOWN_MAX = 300;

/** The pages that were fetched, each with its archived original. */
export function PagesPanel({ pages }: Pick<SiteRound, 'pages'>) {
  const whyNot = useWhyNot()('evidence.read');
  return (
    <Panel title="抓取的页面" aside={<span className="quiet">{pages.length} 个</span>}>
      <details className="more">
        <summary>展开列表{pages.length > SHOWN_MAX && `（前 ${SHOWN_MAX} 个）`}</summary>
        <ScrollBox name="抓取的页面表格">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">用途</th>
                <th scope="col">网址</th>
                <th scope="col">结果</th>
                <th scope="col">时间</th>
                <th scope="col" className="number">
                  大小
                </th>
                <th scope="col">存档</th>
              </tr>
            </thead>
            <tbody>
              {pages.slice(0, SHOWN_MAX).map((page) => (
                <tr key={`${page.role} ${page.url} ${page.fetchedAt}`}>
                  <td>{pageRoleWords(page.role)}</td>
                  <td>{page.url}</td>
                  <td>
                    {outcomeWords(page.outcome)}
                    {page.status !== null && ` ${page.status}`}
                  </td>
                  <td>
                    <DateText at={page.fetchedAt} />
                  </td>
                  <td className="number">{page.bytes === null ? '—' : bytesText(page.bytes)}</td>
                  <td>
                    {page.snapshot === null || whyNot !== null ? (
                      '—'
                    ) : (
                      <a
                        href={`/api/v1/evidence/records/${page.snapshot}/view`}
                        target="_blank"
                        rel="noopener noreferrer"
                      >
                        查看
                      </a>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </Panel>
  );
}
