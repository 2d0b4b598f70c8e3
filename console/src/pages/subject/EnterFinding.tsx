import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { RULE_CLASS_WORDS } from '../../util/words.ts';
import { countsOccurrences, type EnteredFor, enterableRules } from './enterable-rules.ts';

interface EnterFindingProps extends EnteredFor {
  readonly id: number;
  readonly name: string;
  readonly period: string;
}

/** What a person saw, entered as a finding with its evidence: for what no machine judges, or not wholly. */
export function EnterFinding(props: EnterFindingProps) {
  const whyNot = useWhyNot()('finding.enter');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton whyNot={whyNot} onClick={() => setOpen(true)}>
        登记问题…
      </ReasonedButton>
      {isOpen && <EnterDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

const NOTHING = { ruleId: null as string | null, locator: '', excerpt: '', occurrences: 1 };

function EnterDialog({
  onClose,
  ...subject
}: EnterFindingProps & { readonly onClose: () => void }) {
  const { id, kind, name, period } = subject;
  const [given, setGiven] = useState(NOTHING);
  const ruleset = useGet('/api/v1/rounds/{period}', { path: { period } }).data?.ruleset;
  const { data: version } = useGet(
    '/api/v1/rulesets/{id}',
    { path: { id: ruleset?.id ?? '' }, query: { version: ruleset?.version ?? 1 } },
    { enabled: ruleset !== undefined },
  );
  const rules = enterableRules(version?.rules ?? [], subject);
  const rule = rules.find((each) => each.id === given.ruleId);
  const isMissing = !rule || given.locator.trim() === '' || given.excerpt.trim() === '';
  const { ruleId, locator, excerpt, occurrences } = given;
  const enter = useChange({
    change: () =>
      sendChange('post', '/api/v1/findings', {
        body: {
          ...{ period, kind, subjectId: id, ruleId: ruleId ?? '', locator, excerpt },
          ...(rule && countsOccurrences(rule) && { occurrences }),
        },
      }),
    doneWords: '已登记，待审核',
    refreshes: [
      ...(['/api/v1/sites/{id}', '/api/v1/sites/{id}/rounds/{period}'] as const),
      ...(['/api/v1/accounts/{id}', '/api/v1/accounts/{id}/rounds/{period}'] as const),
      ...(['/api/v1/findings', '/api/v1/overview'] as const),
    ],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal open title={`登记问题：${name}`} onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <Form.Item label="指标" htmlFor="enter-rule">
          <Select
            id="enter-rule"
            showSearch={{ optionFilterProp: 'label' }}
            value={ruleId}
            placeholder="这个批次启用的、可以由人录入的指标"
            options={rules.map((each) => ({
              value: each.id,
              label: `${each.title === each.printedLabel ? '' : `${each.printedLabel}：`}${each.title}（${RULE_CLASS_WORDS[each.class]}）`,
            }))}
            onChange={(next: string) => setGiven({ ...given, ruleId: next })}
          />
        </Form.Item>
        <Form.Item label="网址或文件（证据在哪里）" htmlFor="enter-locator">
          <Input
            id="enter-locator"
            value={locator}
            maxLength={2000}
            onChange={({ target }) => setGiven({ ...given, locator: target.value })}
          />
        </Form.Item>
        <Form.Item label="摘录（页面上的原文，或看到的情况）" htmlFor="enter-excerpt">
          <Input.TextArea
            id="enter-excerpt"
            value={excerpt}
            rows={3}
            maxLength={200}
            showCount
            onChange={({ target }) => setGiven({ ...given, excerpt: target.value })}
          />
        </Form.Item>
        {rule && countsOccurrences(rule) && (
          <Form.Item label="处数" htmlFor="enter-occurrences">
            <InputNumber
              id="enter-occurrences"
              min={1}
              max={1000}
              precision={0}
              value={occurrences}
              onChange={(next) => setGiven({ ...given, occurrences: next ?? 1 })}
            />
          </Form.Item>
        )}
        <FormProblem error={enter.error} />
        <ReasonedButton
          type="primary"
          whyNot={isMissing ? '请选指标，写明证据在哪里和摘录' : null}
          loading={enter.isPending}
          onClick={() => enter.mutate()}
        >
          登记
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
