import { Select } from 'antd';
import { useId, useState } from 'react';
import { DayField } from '../../forms/DayField.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useUser } from '../../hooks/use-session.ts';
import { optionsOf } from '../../table/filters.tsx';
import { REGULATION_KIND_WORDS, type RegulationFields } from './regulation-words.tsx';

interface RegulationFormProps {
  readonly fields: RegulationFields;
  readonly onChange: (fields: RegulationFields) => void;
}

/** What a draft begins with: addressed to one's own unit and what is below it. */
export function useRegulationFields(from?: RegulationFields) {
  const unitId = useUser()?.unit?.id ?? null;
  return useState<RegulationFields>(
    from ?? {
      ...{ title: '', kind: 'norm', documentNumber: '', body: '', changeNote: '' },
      ...{ addresseeId: unitId, effectiveOn: '', readBy: null },
    },
  );
}

/** Why the fields cannot be sent yet, or null. */
export const whyIncomplete = ({ title, effectiveOn }: RegulationFields): string | null =>
  title.trim() === '' ? '请写明制度的名称。' : effectiveOn === '' ? '请填施行日期。' : null;

/** The fields of a draft. */
export function RegulationForm({ fields, onChange }: RegulationFormProps) {
  const [kindId, unitLabelId] = [useId(), useId()];
  const set = (more: Partial<RegulationFields>): void => onChange({ ...fields, ...more });
  return (
    <>
      <LineField label="名称：" value={fields.title} onChange={(title) => set({ title })} />
      <label htmlFor={kindId}>种类：</label>
      <Select
        id={kindId}
        value={fields.kind}
        style={{ width: 200 }}
        options={optionsOf(REGULATION_KIND_WORDS)}
        onChange={(kind) => set({ kind })}
      />
      <LineField
        label="发文字号（可以不写）："
        value={fields.documentNumber}
        max={100}
        onChange={(documentNumber) => set({ documentNumber })}
      />
      <span id={unitLabelId}>发给哪个单位及其下级（不选是全部单位）：</span>
      <UnitSelect
        label="发给哪个单位"
        value={fields.addresseeId}
        onChange={(addresseeId) => set({ addresseeId })}
      />
      <DayField
        label="施行日期："
        value={fields.effectiveOn}
        onChange={(effectiveOn) => set({ effectiveOn })}
      />
      <DayField
        label="学习期限（可以不写；到期没有确认的提醒一次）："
        value={fields.readBy ?? ''}
        onChange={(day) => set({ readBy: day === '' ? null : day })}
      />
      <WordsField
        label="正文（只附文件的可以不写）："
        value={fields.body}
        rows={8}
        max={50_000}
        onChange={(body) => set({ body })}
      />
      <WordsField
        label="修订说明（与上一版有什么不同，可以不写）："
        value={fields.changeNote}
        rows={2}
        max={500}
        onChange={(changeNote) => set({ changeNote })}
      />
    </>
  );
}
