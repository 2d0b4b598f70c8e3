import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import type { RulesetVersion } from './ruleset-types.ts';

/** Rulesets with their versions: which rules count, by which numbers. */
export function RulesetsPage() {
  const answer = useGet('/api/v1/rulesets', {});
  return (
    <>
      <PageHeader
        title="规则"
        note="查哪些、按什么数判。批次建立时定下当时的版本，之后改规则不影响它。"
      />
      <Answer of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="还没有规则集" />
          ) : (
            [...Map.groupBy(items, ({ id }) => id)].map(([id, versions]) => (
              <OneRuleset key={id} id={id} versions={versions} base={baseOf(items, versions)} />
            ))
          )
        }
      </Answer>
    </>
  );
}

interface OneRulesetProps {
  readonly id: string;
  readonly versions: readonly RulesetVersion[];
  /** The name of the ruleset that it builds on, or null. */
  readonly base: string | null;
}

function baseOf(
  all: readonly RulesetVersion[],
  [newest]: readonly RulesetVersion[],
): string | null {
  const base = newest?.extends ?? null;
  return all.find(({ id }) => id === base)?.name ?? base;
}

function OneRuleset({ id, versions, base }: OneRulesetProps) {
  const [newest] = versions;
  return (
    <Panel
      title={newest?.name ?? id}
      aside={
        <span className="tag-row">
          <Link to="/rulesets/$id" params={{ id }}>
            查看和修改
          </Link>
          {versions.length > 1 && (
            <Link to="/rulesets/$id/diff" params={{ id }}>
              比较两个版本
            </Link>
          )}
        </span>
      }
    >
      {base !== null && <p className="quiet">以“{base}”为底本</p>}
      <ScrollBox name={`${newest?.name ?? id}的版本`}>
        <table className="plain-table stacks">
          <thead>
            <tr>
              <th>版本</th>
              <th>理由</th>
              <th>修改人</th>
              <th>时间</th>
              <th>校验值</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, reason, changedBy, changedAt, hash }) => (
              <tr key={hash}>
                <th scope="row">
                  <Link to="/rulesets/$id" params={{ id }} search={{ version: String(version) }}>
                    第 {version} 版
                  </Link>
                </th>
                <td data-label="理由">{reason ?? '随软件附带'}</td>
                <td data-label="修改人">{changedBy ?? '—'}</td>
                <td data-label="时间">
                  <DateText at={changedAt} />
                </td>
                <td data-label="校验值">
                  <CopyText text={hash} shown={hash.slice(0, 8)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}
