import { Checkbox, InputNumber, Switch } from 'antd';
import { StateTag } from '../../ui/StateTag.tsx';
import { centipointsOf, pointsOrUnverified } from '../../util/points.ts';
import { KIND_WORDS } from '../../util/words.ts';
import { parameterName } from '../rulesets/parameter-words.ts';
import type { RuleView } from '../rulesets/ruleset-types.ts';
import type { RuleEdit } from './change-set.ts';

interface RuleRowProps {
  readonly rule: RuleView;
  readonly edit: RuleEdit | undefined;
  readonly isEditing: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onParameter: (name: string, value: number | null) => void;
  readonly onPoints: (what: 'points' | 'cap', centipoints: number | null) => void;
  readonly onConfirm: (isChecked: boolean) => void;
}

const OBJECT_WORDS = { ...KIND_WORDS, portal: '门户网站' } as const;

/** One rule with its switch and its numbers; what was changed since the version is marked. */
export function RuleRow(props: RuleRowProps) {
  const { rule, edit, isEditing, onSwitch, onParameter, onConfirm } = props;
  const isOn = edit?.isOn ?? rule.isOn;
  return (
    <li className={edit === undefined ? 'rule' : 'rule rule-changed'}>
      <div className="rule-head">
        {isEditing ? (
          <span className="tag-row">
            <Switch checked={isOn} onChange={onSwitch} aria-label={`启用“${rule.printedLabel}”`} />
            {isOn ? '启用' : '停用'}
          </span>
        ) : (
          <StateTag tone={isOn ? 'good' : 'plain'}>{isOn ? '启用' : '停用'}</StateTag>
        )}
        <strong>{rule.printedLabel}</strong>
        {rule.isUnverified && <StateTag tone="warn">待核</StateTag>}
        {edit !== undefined && <StateTag tone="busy">已改</StateTag>}
      </div>
      <p className="quiet" title={rule.id}>
        {OBJECT_WORDS[rule.object]} · {rule.group !== null && `${rule.group} · `}
        {rule.clause} · {rule.judgedBy === 'machine' ? '系统判定，人可补充' : '由人判定'}
      </p>
      {edit?.isOn === true && rule.isUnverified && (
        <Checkbox
          className="rule-warning"
          checked={edit.confirmsUnverified === true}
          onChange={({ target }) => onConfirm(target.checked)}
        >
          这条没有见到文件原文。本单位已核对原文，依据写在理由里
        </Checkbox>
      )}
      {(rule.class === 'deduction' || rule.class === 'bonus') && <Points {...props} />}
      {rule.parameters.length > 0 && <Parameters {...{ rule, edit, isEditing, onParameter }} />}
    </li>
  );
}

/** What an occurrence and the whole entry are worth; what nobody has seen in the source is 待核. */
function Points({ rule, edit, isEditing, onPoints }: RuleRowProps) {
  return (
    <ul className="rule-parameters">
      {(['points', 'cap'] as const).map((what) => {
        const now = edit?.[what] === undefined ? rule[what] : edit[what];
        const name = what === 'points' ? '每处分值' : '该项总分值';
        return (
          <li key={what}>
            <span className="rule-parameter-name">{name}</span>
            {isEditing ? (
              <InputNumber
                size="small"
                min={0.01}
                max={100}
                precision={2}
                step={0.5}
                placeholder="待核"
                aria-label={`${rule.printedLabel}：${name}`}
                value={now === null ? null : now / 100}
                suffix="分"
                onChange={(next) => onPoints(what, centipointsOf(next))}
              />
            ) : (
              <span>{pointsOrUnverified(now)}</span>
            )}
            <span className="quiet">
              {what === 'points' ? rule.reason : '每项扣分之和不超过；同一指标的各条共用'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

type ParametersProps = Pick<RuleRowProps, 'rule' | 'edit' | 'isEditing' | 'onParameter'>;

/** A rule's own numbers; those that it shares are changed in the rule whose they are. */
function Parameters({ rule, edit, isEditing, onParameter }: ParametersProps) {
  const shared = rule.parameters.filter(({ of }) => of !== null);
  return (
    <ul className="rule-parameters">
      {shared.length > 0 && (
        <li className="quiet rule-shared" title={shared[0]?.of ?? ''}>
          另用别的规则的参数（在那一条里改）：
          {shared
            .map(({ name, value, unit }) => `${parameterName(name)} ${value}${unit}`)
            .join('，')}
        </li>
      )}
      {rule.parameters
        .filter(({ of }) => of === null)
        .map(({ name, value, default: standard, unit, why }) => {
          const now = edit?.parameters?.[name] ?? value;
          return (
            <li key={name}>
              <span className="rule-parameter-name" title={name}>
                {parameterName(name)}
              </span>
              {isEditing && typeof value === 'number' ? (
                <InputNumber
                  size="small"
                  min={0}
                  precision={0}
                  aria-label={`${rule.printedLabel}：${parameterName(name)}`}
                  value={Number(now)}
                  suffix={unit}
                  onChange={(next) => onParameter(name, next)}
                />
              ) : (
                <span>
                  {String(now)}
                  {unit}
                </span>
              )}
              <span className="quiet">
                {value === standard && now === value ? '默认' : `默认 ${String(standard)}${unit}`}
                {why && `；${why}`}
              </span>
            </li>
          );
        })}
    </ul>
  );
}
