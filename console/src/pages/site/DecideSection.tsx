import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { SectionItem } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { DateText } from '../../ui/DateText.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SECTION_KINDS, sectionKindWords } from '../../util/fact-words.ts';

/** The site and the round whose sections are shown. */
export interface DecidedSite {
  readonly id: number;
  readonly period: string;
}

interface DecideSectionProps {
  readonly section: SectionItem;
  readonly site: DecidedSite;
}

/** A person says what a section is for, when the machine has it wrong: remembered for every later round. */
export function DecideSection({ section, site }: DecideSectionProps) {
  const whyNot = useWhyNot()('finding.review');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton
        size="small"
        whyNot={whyNot}
        aria-label={`认定“${section.name}”的类别`}
        onClick={() => setOpen(true)}
      >
        {section.decision ? '改认定…' : '认定…'}
      </ReasonedButton>
      {isOpen && <DecideDialog {...{ section, site }} onClose={() => setOpen(false)} />}
    </>
  );
}

const KINDS = Object.entries(SECTION_KINDS).map(([value, label]) => ({
  value: value as SectionItem['kind'],
  label,
}));
/** As the server has it. */
const REASON_MAX = 500;

function DecideDialog({
  section,
  site,
  onClose,
}: DecideSectionProps & { readonly onClose: () => void }) {
  const { name, url, decision } = section;
  const [kind, setKind] = useState(decision?.kind ?? section.kind);
  const [reason, setReason] = useState('');
  const decide = useChange({
    change: (decided: SectionItem['kind'] | null) =>
      sendChange('put', '/api/v1/sites/{id}/section-kinds', {
        params: { path: { id: site.id } },
        body: { url, kind: decided, reason },
      }),
    doneWords: '已记下，下一批次起照此判断',
    refreshes: ['/api/v1/sites/{id}/rounds/{period}/sections'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const whyNot = reason.trim() === '' ? '请写明理由' : null;
  return (
    <Modal open title={`认定栏目类别：${name}`} onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <WhoDecided section={section} />
        <Form.Item label="类别" htmlFor="section-kind">
          <Select
            id="section-kind"
            showSearch={{ optionFilterProp: 'label' }}
            value={kind}
            options={KINDS}
            onChange={setKind}
          />
        </Form.Item>
        <Form.Item label="理由（单位和审计都会看到）" htmlFor="section-reason">
          <Input.TextArea
            id="section-reason"
            value={reason}
            rows={3}
            maxLength={REASON_MAX}
            showCount
            onChange={({ target }) => setReason(target.value)}
          />
        </Form.Item>
        <FormProblem error={decide.error} />
        <span className="tag-row">
          <ReasonedButton
            type="primary"
            whyNot={whyNot}
            loading={decide.isPending}
            onClick={() => decide.mutate(kind)}
          >
            认定
          </ReasonedButton>
          {decision && (
            <ReasonedButton
              whyNot={whyNot}
              loading={decide.isPending}
              onClick={() => decide.mutate(null)}
            >
              撤销认定
            </ReasonedButton>
          )}
        </span>
      </Form>
    </Modal>
  );
}

function WhoDecided({ section: { decision } }: Pick<DecideSectionProps, 'section'>) {
  if (decision === null)
    return (
      <p className="quiet">还没有人认定过。认定之后，以后各批次都照此判断，不再由程序推断。</p>
    );
  return (
    <p className="quiet">
      {decision.decidedBy} <DateText at={decision.decidedAt} /> 认定为“
      {sectionKindWords(decision.kind)}”：{decision.reason}
    </p>
  );
}
