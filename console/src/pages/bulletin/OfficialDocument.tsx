import { Button } from 'antd';
import { createElement, Fragment } from 'react';
import { AnnexTable } from './AnnexTable.tsx';
import type { Annex, NumberRef, Preview, Run } from './bulletin-types.ts';
import { refWords } from './ref-words.ts';
import { type WordsPlace, wordsPlaces } from './words-places.ts';

interface OfficialDocumentProps {
  readonly document: Preview;
  readonly onNumber: (ref: NumberRef) => void;
  /** Absent where nothing may be written. */
  readonly write?: WordsActions | undefined;
}

/** What the office may do with its words on the sheet. */
export interface WordsActions {
  readonly after: (key: string) => void;
  readonly change: (block: number) => void;
}

/** The look of GB/T 9704: red head and line, number, title, body in 仿宋; what it is not yet stands across it. */
export function OfficialDocument({ document, onNumber, write }: OfficialDocumentProps) {
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
        <Section key={section.heading} section={section} onNumber={onNumber} write={write} />
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

interface SectionProps extends Pick<OfficialDocumentProps, 'onNumber' | 'write'> {
  readonly section: Preview['sections'][number];
}

function Section({ section, onNumber, write }: SectionProps) {
  const places = wordsPlaces(section.paragraphs);
  return (
    <>
      {section.heading && <h3>{section.heading}</h3>}
      {section.paragraphs.map(({ runs, blockId }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph has no name but its place, and nothing in it keeps a state.
        <Fragment key={at}>
          <p className={blockId === null ? 'paper-body' : 'paper-body paper-words'}>
            <Runs runs={runs} onNumber={onNumber} />
          </p>
          {write && <WriteHere place={places[at]} write={write} />}
        </Fragment>
      ))}
    </>
  );
}

function WriteHere({ place, write }: { place: WordsPlace | undefined; write: WordsActions }) {
  const { changes = null, addsAfter = null } = place ?? {};
  if (changes === null && addsAfter === null) return null;
  return (
    <div className="paper-write">
      {changes !== null && (
        <Button size="small" type="text" onClick={() => write.change(changes)}>
          改这一段
        </Button>
      )}
      {addsAfter !== null && (
        <Button size="small" type="text" onClick={() => write.after(addsAfter)}>
          ＋ 在此后写一段
        </Button>
      )}
    </div>
  );
}

/** A run has no name but its place: children by position, as React has them without keys. */
const Runs = ({ runs, onNumber }: { runs: readonly Run[]; onNumber: SectionProps['onNumber'] }) =>
  createElement(Fragment, null, ...runs.map((run) => createElement(OneRun, { run, onNumber })));

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
