import { type Agreement, CATEGORY_WORDS, type Category } from '../self-checks/self-check-words.tsx';
import './self-check.css';

/** From what both see to what only one sees. */
const ORDER = Object.keys(CATEGORY_WORDS) as Category[];

/** How many problems each side found, as a bar; its numbers stand below it as words. */
export function AgreementBar({
  name,
  agreement,
}: {
  readonly name: string;
  readonly agreement: Agreement;
}) {
  const shown = ORDER.filter((category) => agreement.counts[category] > 0);
  if (shown.length === 0) return <span className="quiet">双方都没有发现问题</span>;
  const words = shown
    .map((category) => `${CATEGORY_WORDS[category]} ${agreement.counts[category]}`)
    .join('，');
  return (
    <>
      <div className="agreement-bar" role="img" aria-label={`${name}：${words}`}>
        {shown.map((category) => (
          <span
            key={category}
            className={`agreement-${category}`}
            style={{ flexGrow: agreement.counts[category] }}
          />
        ))}
      </div>
      <span className="agreement-words">{words}</span>
    </>
  );
}

export function AgreementLegend() {
  return (
    <ul className="agreement-legend">
      {ORDER.map((category) => (
        <li key={category}>
          <span className={`agreement-${category}`} aria-hidden /> {CATEGORY_WORDS[category]}
        </li>
      ))}
    </ul>
  );
}
