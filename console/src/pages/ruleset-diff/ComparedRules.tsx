import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { pointsOrUnverified } from '../../util/points.ts';
import type { ComparedRule } from '../ruleset/compare-versions.ts';
import { parameterName } from '../rulesets/parameter-words.ts';
import type { RulesetView, RuleView } from '../rulesets/ruleset-types.ts';

interface ComparedRulesProps {
  readonly left: RulesetView;
  readonly right: RulesetView;
  readonly rules: readonly ComparedRule[];
  readonly isWhole: boolean;
}

/** The rules of two versions beside each other; differing ones are marked, by words as well. */
export function ComparedRules({ left, right, rules, isWhole }: ComparedRulesProps) {
  const changed = rules.filter(({ differences }) => differences.length > 0);
  const shown = isWhole ? rules : changed;
  if (shown.length === 0)
    return <EmptyState title="两个版本的规则相同">{right.reason ?? ''}</EmptyState>;
  return (
    <section className="panel" aria-label="比较结果">
      <p className="quiet">
        {rules.length} 条规则，{changed.length} 条不同。
        {right.reason && `新版本的理由：${right.reason}`}
      </p>
      <ScrollBox name="两个版本的规则">
        <table className="plain-table diff-table">
          <thead>
            <tr>
              <th>规则</th>
              <th>第 {left.version} 版</th>
              <th>第 {right.version} 版</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((rule) => (
              <tr key={rule.id} className={rule.differences.length > 0 ? 'diff-changed' : ''}>
                <th scope="row">
                  {(rule.right ?? rule.left)?.printedLabel}
                  <ul>
                    {rule.differences.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </th>
                <td>
                  <Side rule={rule.left} />
                </td>
                <td>
                  <Side rule={rule.right} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function Side({ rule }: { readonly rule: RuleView | null }) {
  if (rule === null) return <span className="quiet">没有这条</span>;
  return (
    <>
      {rule.isOn ? '启用' : '停用'}
      {rule.isUnverified && '，待核'}
      <ul>
        {(rule.class === 'deduction' || rule.class === 'bonus') && (
          <li>
            每处 {pointsOrUnverified(rule.points)}，该项总分 {pointsOrUnverified(rule.cap)}
          </li>
        )}
        {rule.parameters.map(({ name, value, unit }) => (
          <li key={name}>
            {parameterName(name)}：{String(value)}
            {unit}
          </li>
        ))}
      </ul>
    </>
  );
}
