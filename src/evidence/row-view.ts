import type { OpenedFinding, OpenedRecord, OpenedRow } from './open-row.ts';

/** What `evidence show --json`, the HTTP endpoint and a pack say of one archived body. */
export interface RecordView {
  /** SHA-256 (hex) of the body. */
  readonly sha256: string;
  /** whole = opened and proved; gone = only the digest is left; damaged, unknown = there are no bytes, `why` says why. */
  readonly state: 'whole' | 'gone' | 'damaged' | 'unknown';
  readonly why: string | null;
  readonly url: string | null;
  readonly status: number | null;
  readonly fetchedAt: string | null;
  readonly bytes: number | null;
  /** WARC-Block-Digest of the record: head and body. */
  readonly blockDigest: string | null;
  readonly segment: string | null;
  readonly offset: number | null;
  readonly length: number | null;
}

const NO_PLACE = '没有存下这份原文';

export function recordView({ payload, reading, revisit }: OpenedRecord): RecordView {
  const none = { blockDigest: null, segment: null, offset: null, length: null };
  if (reading.state === 'unknown')
    return {
      ...{ sha256: payload, state: 'unknown', why: NO_PLACE, url: null, status: null },
      ...{ fetchedAt: null, bytes: null, ...none },
    };
  // The page that the finding is about, even where its body was kept with another page.
  const seen = revisit?.place ?? reading.place;
  const common = {
    sha256: payload,
    url: seen.url,
    status: seen.status,
    fetchedAt: seen.fetchedAt,
    bytes: seen.bodyBytes,
  };
  if (reading.state !== 'whole')
    return { ...common, state: reading.state, why: reading.why, ...none };
  const { place, record } = reading;
  return {
    ...common,
    state: 'whole',
    why: null,
    blockDigest: record.fields.get('warc-block-digest') ?? null,
    segment: place.name,
    offset: place.position,
    length: place.length,
  };
}

/** Who the row is about, by the names that bulletin.json uses. */
export function subjectView({ subject, round }: Pick<OpenedRow, 'subject' | 'round'>) {
  const { subject: about } = subject;
  return {
    period: round.period,
    kind: about.kind,
    unit: about.printRow,
    name: about.name,
    ...(about.kind === 'site'
      ? { siteCode: about.siteCode, homeUrl: about.homeUrl }
      : { platform: about.platform, accountId: about.accountId }),
    monitoredAt: subject.monitoredAt,
  };
}

/** One finding without its records: the same words on a terminal, over HTTP and in a pack. */
export function findingView({ finding, rule, reviews }: OpenedFinding) {
  return {
    id: finding.id,
    rule: finding.ruleId,
    label: rule?.printedLabel ?? finding.ruleId,
    parameters: rule?.parameters ?? {},
    status: finding.judgement.status,
    review: finding.review,
    source: finding.source,
    judgement: finding.judgement,
    reviews,
  };
}

/** Everything of one finding, as one line of JSON. */
export function findingLine(row: OpenedRow, opened: OpenedFinding) {
  return {
    ...subjectView(row),
    ...findingView(opened),
    ruleset: { id: row.round.ruleset.id, hash: row.round.ruleset.hash },
    facts: opened.facts,
    records: opened.records.map(recordView),
    recordsLeftOut: opened.recordsLeftOut,
    visits: opened.visits,
  };
}
