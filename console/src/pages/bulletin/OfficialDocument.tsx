import { Fragment } from 'react';
import { AnnexTable } from './AnnexTable.tsx';
import type { Annex, NumberRef, Preview, Run } from './bulletin-types.ts';
import { refWords } from './ref-words.ts';

interface OfficialDocumentProps {
  readonly document: Preview;
  readonly onNumber: (ref: NumberRef) => void;
}

/** The look of GB/T 9704: red head and line, number, title, body in 仿宋; what it is not yet stands across it. */
export function OfficialDocument({ document, onNumber }: OfficialDocumentProps) {
  const { title, number, isDraft, issuer, sections, annexes } = document;
  return (
    <article className="paper" aria-label="通报预览">
      {isDraft && (
        <>
          <div className="paper-watermark" aria-hidden>
            {Array.from({ length: WATERMARKS }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the marks are all alike.
              <span key={at} />
            ))}
          </div>
          <p className="paper-draft">
            草案，不能签发{document.whyDraft && `：${document.whyDraft}`}
          </p>
        </>
      )}
      <p className="paper-issuer">{issuer}</p>
      <p className="paper-number">{number}</p>
      <hr className="paper-line" />
      <h2 className="paper-title">{title}</h2>
      <p className="paper-recipients">{document.recipients}</p>
      {sections.map((section) => (
        <Section key={section.heading} section={section} onNumber={onNumber} />
      ))}
      <Attachments annexes={annexes} />
      <div className="paper-signed">
        <p>{issuer}</p>
        <p>{chineseDate(document.issuedOn)}</p>
      </div>
      {annexes.map((annex, at) => (
        <AnnexTable key={annex.title} annex={annex} order={at + 1} onNumber={onNumber} />
      ))}
    </article>
  );
}

/** Enough to be in sight wherever one reads; the sheet cuts off the rest. */
const WATERMARKS = 24;

interface SectionProps {
  readonly section: Preview['sections'][number];
  readonly onNumber: (ref: NumberRef) => void;
}

function Section({ section, onNumber }: SectionProps) {
  return (
    <>
      {section.heading && <h3>{section.heading}</h3>}
      {section.paragraphs.map(({ runs }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no name and never move.
        <p key={at} className="paper-body">
          {runs.map((run, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name and never move.
            <Fragment key={index}>
              <OneRun run={run} onNumber={onNumber} />
            </Fragment>
          ))}
        </p>
      ))}
    </>
  );
}

function OneRun({ run, onNumber }: { run: Run; onNumber: SectionProps['onNumber'] }) {
  const { ref, text } = run;
  if (ref === undefined) return leadOf(text);
  return (
    <button
      type="button"
      className="paper-number-link"
      title={refWords(ref)}
      onClick={() => onNumber(ref)}
    >
      {text}
    </button>
  );
}

/** `（一）个别单位整改落实不到位。` is set in the second level's type. */
function leadOf(text: string) {
  const lead = /^（[一二三四五六七八九十]+）[^。]{1,30}。/.exec(text)?.[0] ?? '';
  return lead === '' ? (
    text
  ) : (
    <>
      <strong className="paper-lead">{lead}</strong>
      {text.slice(lead.length)}
    </>
  );
}

function Attachments({ annexes }: { readonly annexes: readonly Annex[] }) {
  if (annexes.length === 0) return null;
  return (
    <ol className="paper-attachments" aria-label="附件">
      {annexes.map(({ title }, at) => (
        <li key={title}>
          {at === 0 ? '附件：' : <span aria-hidden>　　　</span>}
          {at + 1}. {title}
        </li>
      ))}
    </ol>
  );
}

function chineseDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return day === undefined ? date : `${year}年${month}月${day}日`;
}
