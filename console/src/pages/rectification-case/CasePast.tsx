import { Link } from '@tanstack/react-router';
import { Panel } from '../../ui/Panel.tsx';
import {
  RECTIFICATION_STATE_WORDS,
  type RectificationDetail,
} from '../rectification/rectification-words.tsx';

type Related = RectificationDetail['history'][number];

/** The same problem in other rounds (屡改屡犯), and on other subjects of the unit (举一反三). */
export function CasePast({ given }: { readonly given: RectificationDetail }) {
  const { history, similar, similarFindings, continuesId } = given;
  const { total, elsewhere } = similarFindings;
  if (history.length + similar.length + total + elsewhere === 0) return null;
  return (
    <Panel title="此前和以后，举一反三">
      {history.length > 0 && (
        <>
          <h3>同一对象、同一问题的其他各期</h3>
          <ul className="case-files">
            {history.map((each) => (
              <li key={each.id}>
                <RelatedLink related={each} words={each.period} />
                <span className="quiet">
                  {each.noticedOn} 通知，{RECTIFICATION_STATE_WORDS[each.state]}
                  {each.mended !== null && (each.mended ? '，已改正' : '，没有改正')}
                  {each.id === continuesId && '（本件接着它办）'}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {similar.length > 0 && (
        <>
          <h3>本单位其他网站、账号的同类问题，请一并检查</h3>
          <ul className="case-files">
            {similar.map((each) => (
              <li key={each.id}>
                <RelatedLink related={each} words={each.name} />
                <span className="quiet">
                  {each.period}，{RECTIFICATION_STATE_WORDS[each.state]}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <SimilarFindings of={similarFindings} />
    </Panel>
  );
}

/** The like on other subjects of the same operator company or sponsor: found, or to be looked at. */
function SimilarFindings({ of }: { readonly of: RectificationDetail['similarFindings'] }) {
  const { items, total, elsewhere } = of;
  if (total + elsewhere === 0) return null;
  return (
    <>
      <h3>同一运维单位、同一主办单位的同类问题（最近冻结的批次）</h3>
      <ul className="case-files">
        {items.map(({ findingId, kind, name, unitName, confirmed, company, period }) => (
          <li key={findingId}>
            <Link to="/findings/$id" params={{ id: String(findingId) }}>
              {name}
            </Link>
            <span className="quiet">
              {confirmed ? '发现' : '请核查：没有确认'}，{unitName}，
              {kind === 'site' ? '网站' : '账号'}，{period}
              {company !== null && `，同由${company}运维`}
            </span>
          </li>
        ))}
      </ul>
      {total > items.length && (
        <p className="quiet">
          共 {total} 件，这里列出 {items.length} 件。
        </p>
      )}
      {elsewhere > 0 && (
        <p className="quiet">同一运维单位在其他单位还有 {elsewhere} 件经确认的同类问题。</p>
      )}
    </>
  );
}

function RelatedLink({ related, words }: { readonly related: Related; readonly words: string }) {
  return (
    <Link to="/rectification/$id" params={{ id: String(related.id) }}>
      {words}
    </Link>
  );
}
