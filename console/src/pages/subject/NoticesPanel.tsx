import type { SiteRound } from '../../api/types.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { FindingStatusTag } from '../../ui/state-tags.tsx';

/** Places shown of one notice; the facts hold all of them. */
const PLACES_SHOWN = 5;

/** The guideline checks: what the site's people may want to mend. It decides nothing. */
export function NoticesPanel({ notices }: { readonly notices: SiteRound['notices'] }) {
  const open = notices.filter(({ status }) => status === 'breached' || status === 'undetermined');
  const met = notices.filter(({ status }) => status === 'met').length;
  return (
    <Panel
      title="规范提示"
      aside={
        <span className="quiet">
          只作提示，不进判定和通报{met > 0 && `；另有 ${met} 项符合要求`}
        </span>
      }
    >
      {open.length === 0 ? (
        <EmptyState title="没有提示" />
      ) : (
        <ul className="finding-list">
          {open.map((notice) => (
            <Notice key={notice.ruleId} notice={notice} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Notice({ notice }: { readonly notice: SiteRound['notices'][number] }) {
  const more = notice.evidence.length - PLACES_SHOWN;
  return (
    <li>
      <div className="finding-line">
        <span>{notice.status === 'breached' ? notice.title : notice.label}</span>
        <FindingStatusTag status={notice.status} />
        {notice.occurrences > 1 && <span className="quiet">{notice.occurrences} 处</span>}
        <span className="quiet">{notice.clause}</span>
      </div>
      {notice.reason && <p className="quiet">{notice.reason}</p>}
      {notice.evidence.slice(0, PLACES_SHOWN).map(({ locator, excerpt }) => (
        <blockquote key={`${locator} ${excerpt}`}>
          {excerpt}
          {/^https?:/.test(locator) && (
            <>
              {' '}
              <OutsideLink url={locator} />
            </>
          )}
        </blockquote>
      ))}
      {more > 0 && <p className="quiet">另有 {more} 处</p>}
    </li>
  );
}
