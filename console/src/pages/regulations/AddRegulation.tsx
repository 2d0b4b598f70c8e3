import { useNavigate } from '@tanstack/react-router';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { RegulationForm, useRegulationFields, whyIncomplete } from './RegulationForm.tsx';
import { REGULATION_REFRESHES } from './regulation-words.tsx';

/** Begins a regulation; its file is attached on its own page. */
export function AddRegulation() {
  const [fields, setFields] = useRegulationFields();
  const navigate = useNavigate();
  const add = useChange({
    change: () => sendChange('post', '/api/v1/duty/regulations', { body: fields }),
    doneWords: '已存为草稿；要附文件的在这里附，再请另一个人发布',
    refreshes: REGULATION_REFRESHES,
    isErrorShownByCaller: true,
    onDone: ({ id }) => void navigate({ to: '/duty/regulations/$id', params: { id: String(id) } }),
  });
  return (
    <details className="more case-more">
      <summary>起草制度…</summary>
      <div className="stack duty-form">
        <RegulationForm fields={fields} onChange={setFields} />
        <FormProblem error={add.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyIncomplete(fields)}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          存为草稿
        </ReasonedButton>
      </div>
    </details>
  );
}
