import { Button } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { TEMPLATE_REFRESHES, type Template, versionWords } from './template-words.ts';

/** Versions, which of them holds, and putting another one in force: also an earlier one, or the program's own words. */
export function TemplateVersions({ template }: { readonly template: Template }) {
  const { versions, force } = template;
  const held = force[0]?.version ?? null;
  const [chosen, setChosen] = useState<{ readonly version: number | null } | null>(null);
  const whyNot = (version: number | null, isOwn: boolean): string | null => {
    if (version === held) return '现在用的就是它。';
    return isOwn ? '写的人不能自己启用，请另一个人核对后启用。' : null;
  };
  const rows = [
    ...versions,
    { version: null, note: '程序写好的', by: '', at: null, isOwn: false } as const,
  ];
  return (
    <Panel title="版本">
      <ol className="case-trail">
        {rows.map(({ version, note, by, at, isOwn }) => (
          <li key={version ?? 0}>
            <div className="button-row">
              <strong>{versionWords(version)}</strong>
              {version === held && <StateTag tone="good">启用</StateTag>}
              <ReasonedButton
                size="small"
                whyNot={whyNot(version, isOwn)}
                aria-label={`启用…：${versionWords(version)}`}
                onClick={() => setChosen({ version })}
              >
                启用…
              </ReasonedButton>
            </div>
            <div>
              {note}
              {at !== null && (
                <>
                  （{by}，<DateText at={at} />）
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
      {chosen !== null && (
        <PutInForce
          key={String(chosen.version)}
          template={template}
          version={chosen.version}
          onDone={() => setChosen(null)}
        />
      )}
    </Panel>
  );
}

interface PutInForceProps {
  readonly template: Template;
  readonly version: number | null;
  readonly onDone: () => void;
}

function PutInForce({ template: { kind, force }, version, onDone }: PutInForceProps) {
  const [reason, setReason] = useState('');
  const put = useChange({
    change: () =>
      sendChange('put', '/api/v1/notice-templates/{kind}/force', {
        params: { path: { kind } },
        body: { version, insteadOf: force[0]?.id ?? null, reason: reason.trim() },
      }),
    doneWords: `已启用${versionWords(version)}；以后发出的用它，已发出的不变`,
    refreshes: TEMPLATE_REFRESHES,
    isErrorShownByCaller: true,
    onDone,
  });
  return (
    <div className="stack">
      <LineField
        label={`启用${versionWords(version)}：核对意见或理由`}
        value={reason}
        max={500}
        onChange={setReason}
      />
      <FormProblem error={put.error} />
      <span className="button-row">
        <ReasonedButton
          type="primary"
          whyNot={reason.trim() === '' ? '请写核对意见或理由。' : null}
          loading={put.isPending}
          onClick={() => put.mutate()}
        >
          确认启用
        </ReasonedButton>
        <Button onClick={onDone}>取消</Button>
      </span>
    </div>
  );
}
