import { InputNumber, Switch } from 'antd';
import { StateTag } from '../../ui/StateTag.tsx';
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
}

const OBJECT_WORDS = { ...KIND_WORDS, portal: '门户网站' } as const;

/** One rule with its switch and its numbers; what was changed since the version is marked. */
export function RuleRow({ rule, edit, isEditing, onSwitch, onParameter }: RuleRowProps) {
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
        {OBJECT_WORDS[rule.object]} · {rule.clause}
      </p>
      {edit?.isOn === true && rule.isUnverified && (
        <p className="rule-warning">这条没有见到文件原文，启用前请本单位核实，并把依据写进理由。</p>
      )}
      {rule.parameters.length > 0 && <Parameters {...{ rule, edit, isEditing, onParameter }} />}
    </li>
  );
}

type ParametersProps = Pick<RuleRowProps, 'rule' | 'edit' | 'isEditing' | 'onParameter'>;

function Parameters({ rule, edit, isEditing, onParameter }: ParametersProps) {
  return (
    <ul className="rule-parameters">
      {rule.parameters.map(({ name, value, default: standard, unit, why }) => {
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
