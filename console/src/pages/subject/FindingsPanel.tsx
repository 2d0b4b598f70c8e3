import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingItem } from '../../api/types.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { FindingStatusTag, ReviewTag } from '../../ui/state-tags.tsx';
import { RULE_CLASS_WORDS } from '../../util/words.ts';

interface FindingsPanelProps {
  readonly findings: readonly FindingItem[];
  /** What may be done beside the title, e.g. entering another one. */
  readonly action?: ReactNode;
}

/** What the round says of the subject: first what is wrong or open, then how many rules it met. */
export function FindingsPanel({ findings, action }: FindingsPanelProps) {
  const open = findings.filter(({ status }) => status === 'breached' || status === 'undetermined');
  const met = findings.filter(({ status }) => status === 'met').length;
  return (
    <Panel
      title="本批次的问题"
      aside={
        <span className="tag-row">
          {met > 0 && <span className="quiet">另有 {met} 条规则符合要求</span>}
          {action}
        </span>
      }
    >
      {open.length === 0 ? (
        <EmptyState title="没有成立或无法判定的问题" />
      ) : (
        <ul className="finding-list">
          {open.map((finding) => (
            <li key={finding.id}>
              <div className="finding-line">
                <Link to="/findings/$id" params={{ id: String(finding.id) }}>
                  {finding.rule.label}
                </Link>
                <FindingStatusTag status={finding.status} ruleClass={finding.rule.class} />
                <ReviewTag review={finding.review} />
                <span className="quiet">{RULE_CLASS_WORDS[finding.rule.class]}</span>
              </div>
              {finding.excerpt && <blockquote>{finding.excerpt}</blockquote>}
              {finding.reason && finding.reason !== finding.excerpt && (
                <p className="quiet">{finding.reason}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
