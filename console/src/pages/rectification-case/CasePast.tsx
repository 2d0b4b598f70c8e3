import { Link } from '@tanstack/react-router';
import { Panel } from '../../ui/Panel.tsx';
import {
  RECTIFICATION_STATE_WORDS,
  type RectificationDetail,
} from '../rectification/rectification-words.tsx';

type Related = RectificationDetail['history'][number];

/** The same problem in other rounds (屡改屡犯), and on other subjects of the unit (举一反三). */
export function CasePast({ given }: { readonly given: RectificationDetail }) {
  const { history, similar, continuesId } = given;
  if (history.length === 0 && similar.length === 0) return null;
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
    </Panel>
  );
}

function RelatedLink({ related, words }: { readonly related: Related; readonly words: string }) {
  return (
    <Link to="/rectification/$id" params={{ id: String(related.id) }}>
      {words}
    </Link>
  );
}
