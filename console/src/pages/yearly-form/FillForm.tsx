import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import {
  YEARLY_REFRESHES,
  type YearlyDetail,
  type YearlyField,
} from '../yearly-forms/yearly-words.tsx';
import { FieldInput, type Said } from './FieldInput.tsx';
import { useFormStep } from './use-form-step.ts';
import './yearly-form.css';

type All = Readonly<Record<string, Said>>;

const saidOf = ({ value, written }: YearlyField): Said => ({ value, note: written?.note ?? '' });

/** The fields to write: kept as often as one likes, handed to the leader when whole. What was written stays after a refusal. */
export function FillForm({ given }: { readonly given: YearlyDetail }) {
  const { head, sections } = given;
  const fields = sections.flatMap((section) => section.fields);
  const [changed, setChanged] = useState<All>({});
  const save = useChange({
    change: () =>
      sendChange('put', '/api/v1/yearly-forms/{id}/fields', {
        params: { path: { id: head.id } },
        body: {
          version: head.version,
          fields: Object.entries(changed).map(([fieldId, said]) => ({ fieldId, ...said })),
        },
      }),
    doneWords: '已保存',
    refreshes: YEARLY_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setChanged({}),
  });
  const count = Object.keys(changed).length;
  const open = fields.filter(({ problem }) => problem !== null).length;
  return (
    <>
      {sections.map(({ title, fields: of }) => (
        <Panel key={title} title={title}>
          <div className="yearly-fields">
            {of.map((each) => (
              <FieldInput
                key={each.field.id}
                of={each}
                said={changed[each.field.id] ?? saidOf(each)}
                isChanged={changed[each.field.id] !== undefined}
                onChange={(said) => setChanged((all) => ({ ...all, [each.field.id]: said }))}
              />
            ))}
          </div>
        </Panel>
      ))}
      <Panel title="保存和提交">
        <div className="stack">
          <p>
            {open === 0 ? '各栏目都填好了。' : `还有 ${open} 栏没有填好。`}
            {count > 0 && `改了 ${count} 栏，还没有保存。`}
          </p>
          <FormProblem error={save.error} />
          <div className="button-row">
            <ReasonedButton
              whyNot={count === 0 ? '没有改过什么。' : null}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              保存
            </ReasonedButton>
            <ReasonedButton
              whyNot={count === 0 ? '没有改过什么。' : null}
              onClick={() => setChanged({})}
            >
              放弃没有保存的
            </ReasonedButton>
            <Recount given={given} />
          </div>
          <Submit given={given} whyNot={whyNotSubmit(count, open)} />
        </div>
      </Panel>
    </>
  );
}

function whyNotSubmit(changed: number, open: number): string | null {
  if (changed > 0) return '请先保存。';
  return open > 0 ? `还有 ${open} 栏没有填好。` : null;
}

function Recount({ given }: { readonly given: YearlyDetail }) {
  const recount = useFormStep(given, 'recount', '平台已重新数过');
  return (
    <>
      <ReasonedButton whyNot={null} loading={recount.isPending} onClick={() => recount.mutate({})}>
        请平台重新数
      </ReasonedButton>
      <FormProblem error={recount.error} />
    </>
  );
}

function Submit({
  given,
  whyNot,
}: {
  readonly given: YearlyDetail;
  readonly whyNot: string | null;
}) {
  const submit = useFormStep(given, 'submission', '已提交，等负责人签发');
  return (
    <>
      <FormProblem error={submit.error} />
      <ConfirmButton
        type="primary"
        whyNot={whyNot}
        question="提交负责人签发？"
        consequence="提交以后等负责人（另一个人）签发；要改须请负责人退回。"
        confirmWords="提交"
        onConfirm={() => submit.mutateAsync({})}
      >
        提交负责人签发
      </ConfirmButton>
    </>
  );
}
