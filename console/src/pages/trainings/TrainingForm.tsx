import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { DayField } from '../../forms/DayField.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { optionsOf } from '../../table/filters.tsx';
import {
  type NewTraining,
  namesOf,
  TRAINING_KIND_WORDS,
  type TrainingPart,
} from './training-words.ts';

export type TrainingFields = Omit<NewTraining, 'organiserId' | 'hours'> & {
  readonly hours: string;
};

export const EMPTY_TRAINING: TrainingFields = {
  ...{ subject: '', heldOn: '', teacher: '', hours: '', kind: 'onsite', parts: [] },
};

/** Why it cannot be sent yet, or null. */
export function whyIncomplete({ subject, heldOn, hours }: TrainingFields): string | null {
  if (subject.trim() === '') return '请写明培训主题。';
  if (heldOn === '') return '请填日期。';
  return /^\d{1,3}(\.\d)?$/.test(hours) ? null : '学时请写数字，如 2 或 2.5。';
}

interface TrainingFormProps {
  readonly fields: TrainingFields;
  readonly onChange: (fields: TrainingFields) => void;
}

/** The fields of a session. */
export function TrainingForm({ fields, onChange }: TrainingFormProps) {
  const kindId = useId();
  const set = (more: Partial<TrainingFields>): void => onChange({ ...fields, ...more });
  return (
    <>
      <LineField
        label="培训主题："
        value={fields.subject}
        onChange={(subject) => set({ subject })}
      />
      <DayField label="日期：" value={fields.heldOn} onChange={(heldOn) => set({ heldOn })} />
      <LineField
        label="授课人（可以不写）："
        value={fields.teacher}
        max={100}
        onChange={(teacher) => set({ teacher })}
      />
      <LineField label="学时：" value={fields.hours} max={5} onChange={(hours) => set({ hours })} />
      <label htmlFor={kindId}>形式：</label>
      <Select
        id={kindId}
        value={fields.kind}
        style={{ width: 200 }}
        options={optionsOf(TRAINING_KIND_WORDS)}
        onChange={(kind) => set({ kind })}
      />
      <Parts parts={fields.parts} onChange={(parts) => set({ parts })} />
    </>
  );
}

interface PartsProps {
  readonly parts: readonly TrainingPart[];
  readonly onChange: (parts: TrainingPart[]) => void;
}

/** Who took part: a unit at a time, by names or by number. Results of exams come with the table. */
function Parts({ parts, onChange }: PartsProps) {
  const [unitId, setUnitId] = useState<number | null>(null);
  const [who, setWho] = useState('');
  const add = (): void => {
    if (unitId === null) return;
    const blank = { unitId, people: 1, score: '', passed: null };
    const count = /^\d+$/.test(who.trim()) ? Number(who) : null;
    const added =
      count === null
        ? namesOf(who).map((person) => ({ ...blank, person }))
        : [{ ...blank, person: '', people: Math.max(1, count) }];
    const names = new Set(added.map(({ person }) => person));
    const kept = parts.filter((each) => each.unitId !== unitId || !names.has(each.person));
    onChange([...kept, ...added]);
    setWho('');
  };
  const people = parts.reduce((sum, each) => sum + each.people, 0);
  return (
    <fieldset className="stack">
      <legend>参加的单位和人（{people} 人次；成绩请用“成批导入”）</legend>
      <UnitSelect label="参加单位" value={unitId} onChange={setUnitId} />
      <LineField label="姓名（用“、”隔开），或人数：" value={who} max={2_000} onChange={setWho} />
      <span className="tag-row">
        <Button disabled={unitId === null || who.trim() === ''} onClick={add}>
          加上
        </Button>
        <Button disabled={parts.length === 0} onClick={() => onChange([])}>
          全部去掉
        </Button>
      </span>
    </fieldset>
  );
}
