import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Segmented } from 'antd';
import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { pointsText } from '../../util/points.ts';
import type { Search } from '../../util/search.ts';
import { RULE_CLASS_WORDS } from '../../util/words.ts';
import type { RuleClass, RulesetView } from '../rulesets/ruleset-types.ts';
import {
  type Edits,
  withConfirmation,
  withParameter,
  withPoints,
  withSwitch,
} from './change-set.ts';
import { RuleRow } from './RuleRow.tsx';
import './ruleset.css';
import { groupRules, RULE_VIEWS, type RuleViewName } from './group-rules.ts';
import { SaveVersion } from './SaveVersion.tsx';

/** One version of a ruleset, grouped by class; the newest can be changed into a new version. */
export function RulesetPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { version } = useSearch({ strict: false }) as Search;
  const answer = useGet('/api/v1/rulesets/{id}', {
    path: { id },
    query: version === undefined ? {} : { version: Number(version) },
  });
  const versions = useGet('/api/v1/rulesets', {}).data?.items.filter((each) => each.id === id);
  return (
    <Answer of={answer} rows={12} pageTitle="规则">
      {(ruleset) => (
        <Ruleset
          key={ruleset.hash}
          ruleset={ruleset}
          isNewest={versions === undefined || versions[0]?.hash === ruleset.hash}
        />
      )}
    </Answer>
  );
}

interface RulesetProps {
  readonly ruleset: RulesetView;
  readonly isNewest: boolean;
}

function Ruleset({ ruleset, isNewest }: RulesetProps) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const mayNot = useWhyNot()('ruleset.change');
  const [edits, setEdits] = useState<Edits | null>(null);
  const view = RULE_VIEWS.find(({ value }) => value === search.view)?.value ?? 'all';
  const whyNot = mayNot ?? (isNewest ? null : '只能在最新版本上修改');
  return (
    <>
      <PageHeader
        title={ruleset.name}
        back={{ to: '/rulesets', words: '规则' }}
        note={<Origin ruleset={ruleset} />}
        actions={
          <>
            <Link to="/rulesets/$id/diff" params={{ id: ruleset.id }}>
              比较两个版本
            </Link>
            <ReasonedButton
              whyNot={whyNot}
              onClick={() => setEdits(edits === null ? {} : null)}
              type={edits === null ? 'primary' : 'default'}
            >
              {edits === null ? '修改…' : '放弃修改'}
            </ReasonedButton>
          </>
        }
      />
      {!isNewest && <Alert type="info" showIcon title="这是较早的版本，只供查看。" />}
      <Segmented<RuleViewName>
        className="rule-views"
        name="rule-view"
        value={view}
        options={[...RULE_VIEWS]}
        onChange={(next) => void navigate({ to: '.', search: { ...search, view: next } })}
      />
      {groupRules(ruleset.rules, view).map(({ ruleClass, rules }) => (
        <section key={ruleClass} className="panel" aria-label={RULE_CLASS_WORDS[ruleClass]}>
          <h2>
            {RULE_CLASS_WORDS[ruleClass]}（{rules.length}）
          </h2>
          {SCALE_WORDS[ruleClass]?.(ruleset.scale)}
          <ul className="rules">
            {rules.map((rule) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                edit={edits?.[rule.id]}
                isEditing={edits !== null}
                onSwitch={(isOn) => setEdits(withSwitch(edits ?? {}, rule, isOn))}
                onParameter={(name, value) =>
                  setEdits(withParameter(edits ?? {}, rule, name, value))
                }
                onPoints={(what, value) => setEdits(withPoints(edits ?? {}, rule, what, value))}
                onConfirm={(isChecked) => setEdits(withConfirmation(edits ?? {}, rule, isChecked))}
              />
            ))}
          </ul>
        </section>
      ))}
      {edits !== null && (
        <SaveVersion ruleset={ruleset} edits={edits} onDone={() => setEdits(null)} />
      )}
    </>
  );
}

/** The lines by which a portal is scored, above the rules that they are about. */
const SCALE_WORDS: Readonly<
  Partial<Record<RuleClass, (scale: RulesetView['scale']) => React.ReactNode>>
> = {
  deduction: ({ full, failBelow, serviceGroup, serviceFull }) => (
    <p className="quiet">
      只评门户网站。满分 {pointsText(full)} 分，低于 {pointsText(failBelow)}{' '}
      分不合格；没有对外服务职能的国务院部门不评
      {serviceGroup}，按 {pointsText(full - serviceFull)} 分折算。分值待核的不启用，不计入得分。
    </p>
  ),
  bonus: ({ bonusAbove, bonusFull }) => (
    <p className="quiet">
      扣分指标得分高于 {pointsText(bonusAbove)} 分才评，最多加 {pointsText(bonusFull)} 分。
    </p>
  ),
};

function Origin({ ruleset }: { readonly ruleset: RulesetView }) {
  const { version, changedAt, changedBy, reason } = ruleset;
  return (
    <>
      第 {version} 版
      {changedAt && (
        <>
          ，{changedBy} 于 <DateText at={changedAt} /> 修改
        </>
      )}
      {reason && `：${reason}`}
    </>
  );
}
