import { InputNumber } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { YEARLY_REFRESHES } from './yearly-words.tsx';

/** Opens the forms of a year; opened again, it adds those of sites that came since. */
export function OpenForms() {
  const id = useId();
  const [year, setYear] = useState<number | null>(new Date().getFullYear());
  const open = useChange({
    change: (body: { year: number }) => sendChange('post', '/api/v1/yearly-forms', { body }),
    doneWords: ({ sites, offices }) => `新开网站的 ${sites} 份，监管单位的 ${offices} 份`,
    refreshes: YEARLY_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>开始一年的填报…</summary>
      <div className="stack">
        <label htmlFor={id}>年度：</label>
        <InputNumber id={id} min={2017} max={2100} value={year} onChange={setYear} />
        <FormProblem error={open.error} />
        <ConfirmButton
          type="primary"
          whyNot={year === null ? '请先写年度。' : null}
          question={`开始 ${year} 年的年度报表？`}
          consequence="每个在运行的网站、每个最上级单位一份，平台知道的先填上，各单位收到通知。已经开的不变，只补新的网站。"
          confirmWords="开始填报"
          onConfirm={() => open.mutateAsync({ year: year! })}
        >
          开始填报
        </ConfirmButton>
      </div>
    </details>
  );
}
