import { Link } from '@tanstack/react-router';
import { StateTag } from '../../ui/StateTag.tsx';
import { FindingStatusTag, ReviewTag } from '../../ui/state-tags.tsx';
import { KIND_WORDS } from '../../util/words.ts';
import { CONTEST_WORDS } from './decision-words.ts';
import type { FindingItem } from './finding-types.ts';

interface FindingHeadProps {
  readonly finding: FindingItem;
  /** The state shown while a decision is on its way. */
  readonly review?: FindingItem['review'] | undefined;
}

/** Which subject, which problem, where it stands. */
export function FindingHead({ finding, review }: FindingHeadProps) {
  const { subject, rule, kind } = finding;
  return (
    <header className="finding-head">
      <h2 id="finding-title" tabIndex={-1}>
        {rule.label}
      </h2>
      <p>
        <Link
          to={kind === 'site' ? '/sites/$id' : '/accounts/$id'}
          params={{ id: String(subject.id) }}
        >
          {subject.name}
        </Link>
        <span className="quiet">
          {' '}
          {KIND_WORDS[kind]} · {subject.printRow} · {subject.unitName} · {subject.identity}
        </span>
      </p>
      <div className="tag-row">
        <FindingStatusTag status={finding.status} ruleClass={finding.rule.class} />
        <ReviewTag review={review ?? finding.review} />
        {finding.contested !== null && (
          <StateTag tone={finding.contested === 'open' ? 'warn' : 'plain'}>
            {CONTEST_WORDS[finding.contested]}
          </StateTag>
        )}
        {finding.rule.unverified && <StateTag tone="warn">待核条文</StateTag>}
        <span className="quiet">
          {finding.source === 'machine' ? '机器判定' : `由 ${finding.source} 登记`}
        </span>
      </div>
    </header>
  );
}
