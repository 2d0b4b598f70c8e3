import { createElement, Fragment } from 'react';

interface Paragraph {
  readonly lead?: string | undefined;
  readonly text: string;
}

interface OfficialWordsProps {
  readonly of: {
    readonly title: string;
    readonly recipients: string;
    readonly paragraphs: readonly Paragraph[];
    readonly issuer: string;
    readonly signedOn: string;
  };
}

/** The words of an official document as its .docx says them; its number stands above. */
export function OfficialWords({ of }: OfficialWordsProps) {
  return (
    <article className="case-notice">
      <h3>{of.title}</h3>
      <div>{of.recipients}</div>
      <OfficialParagraphs of={of.paragraphs} />
      <p className="case-notice-signed">
        {of.issuer}
        <br />
        {of.signedOn}
      </p>
    </article>
  );
}

/** Two paragraphs may say the same: children by position, as React has them without keys. */
export const OfficialParagraphs = ({ of }: { readonly of: readonly Paragraph[] }) =>
  createElement(Fragment, null, ...of.map(paragraphOf));

const paragraphOf = ({ lead, text }: Paragraph) => (
  <p>
    {lead && <strong>{lead}</strong>}
    {text}
  </p>
);
