import { useState } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { EditRecord } from './EditRecord.tsx';

export type RecordAnswer = AnswerOf<'/api/v1/accounts/{id}/record'>;

/** 登记信息: what the national system asks of the account, what is missing, and the form that changes it. */
export function RecordPanel({ id }: { readonly id: number }) {
  const record = useGet('/api/v1/accounts/{id}/record', { path: { id } });
  const whyNot = useWhyNot()('registry.edit');
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title="登记信息"
      aside={
        <ReasonedButton
          size="small"
          whyNot={record.data === undefined ? '正在读取' : whyNot}
          onClick={() => setOpen(true)}
        >
          修改登记信息…
        </ReasonedButton>
      }
    >
      <Answer of={record} rows={6}>
        {(data) => <Shown record={data} />}
      </Answer>
      {isOpen && record.data && (
        <EditRecord id={id} record={record.data} onClose={() => setOpen(false)} />
      )}
    </Panel>
  );
}

function Shown({
  record: { completeness, formula, missing, lines },
}: {
  readonly record: RecordAnswer;
}) {
  const said = lines.filter(({ value, isMissing }) => value !== '' || isMissing);
  return (
    <>
      <p>
        完整度 <strong>{completeness === null ? '未计算' : `${completeness} %`}</strong>
        <span className="quiet">
          {' '}
          （公式 {formula}）{missing.length > 0 && `；缺：${missing.join('、')}`}
        </span>
      </p>
      <Properties
        of={said.map(({ title, value, isMasked }) => [
          title,
          value === '' ? (
            <span key={title} className="quiet">
              没有登记
            </span>
          ) : isMasked ? (
            `${value}（无权查看全部）`
          ) : (
            value
          ),
        ])}
      />
    </>
  );
}
