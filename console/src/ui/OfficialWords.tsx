interface OfficialWordsProps {
  readonly of: {
    readonly title: string;
    readonly recipients: string;
    readonly paragraphs: readonly { readonly lead?: string | undefined; readonly text: string }[];
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
      {of.paragraphs.map(({ lead, text }) => (
        <p key={`${lead}${text}`}>
          {lead && <strong>{lead}</strong>}
          {text}
        </p>
      ))}
      <p className="case-notice-signed">
        {of.issuer}
        <br />
        {of.signedOn}
      </p>
    </article>
  );
}
