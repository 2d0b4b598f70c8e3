import { InputNumber, Radio } from 'antd';
import type { CoverageDraft } from './round-draft.ts';

interface CoverageFieldsProps {
  readonly kind: 'sites' | 'accounts';
  readonly value: CoverageDraft;
  readonly onValue: (value: CoverageDraft) => void;
}

/** All that run, or a share of them drawn at random. */
export function CoverageFields({ kind, value, onValue }: CoverageFieldsProps) {
  const noun = kind === 'sites' ? '网站' : '新媒体';
  return (
    <div className="coverage-fields">
      <Radio.Group
        id={`round-${kind}`}
        aria-label={`${noun}的检查范围`}
        value={value.mode}
        onChange={(event) =>
          onValue({ ...value, mode: event.target.value as CoverageDraft['mode'] })
        }
      >
        <Radio value="census">{kind === 'sites' ? '全覆盖检查' : '普查'}</Radio>
        <Radio value="sample">抽查</Radio>
      </Radio.Group>
      {value.mode === 'sample' && (
        <>
          <InputNumber
            aria-label={`${noun}的抽查比例`}
            value={value.percent}
            min={0.01}
            max={100}
            precision={2}
            suffix="%"
            placeholder="比例"
            onChange={(percent) => onValue({ ...value, percent })}
          />
          <InputNumber
            aria-label={`${noun}的随机种子`}
            value={value.seed}
            min={0}
            precision={0}
            placeholder="随机种子（不写则随机取）"
            onChange={(seed) => onValue({ ...value, seed })}
          />
        </>
      )}
    </div>
  );
}
