import { Link } from '@tanstack/react-router';
import type { AccountDetail } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { CASE_KIND_WORDS, type CaseKind, CaseStateTag } from '../account-cases/case-words.tsx';

/** What an account of a status can be asked for; the server has the last word. */
const KINDS: Readonly<Record<AccountDetail['status'], readonly CaseKind[]>> = {
  applied: [],
  running: ['change', 'suspend', 'close'],
  suspended: ['change', 'resume', 'close'],
  closing: [],
  closed: ['deregister'],
  deregistered: [],
  migrated: ['deregister'],
};

/** What was asked for an account, and what can be. */
export function CasesPanel({ account }: { readonly account: AccountDetail }) {
  const can = useCan();
  const cases = useGet(
    '/api/v1/account-cases',
    { query: { accountId: account.id, limit: 20 } },
    { enabled: can('case.read') },
  );
  if (!can('case.read')) return null;
  return (
    <Panel
      title="账号事项"
      aside={
        can('case.apply') && (
          <span className="tag-row">
            {KINDS[account.status].map((kind) => (
              <Link
                key={kind}
                to="/account-cases/new"
                search={{ kind, account: String(account.id) }}
              >
                申请{CASE_KIND_WORDS[kind]}
              </Link>
            ))}
          </span>
        )
      }
    >
      <Answer of={cases} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">没有办过事项。</p>
          ) : (
            <ul>
              {items.map((each) => (
                <li key={each.id} className="tag-row">
                  <Link to="/account-cases/$id" params={{ id: String(each.id) }}>
                    {CASE_KIND_WORDS[each.kind]}（第 {each.id} 号）
                  </Link>
                  <CaseStateTag given={each} />
                  <DateText at={each.changedAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
