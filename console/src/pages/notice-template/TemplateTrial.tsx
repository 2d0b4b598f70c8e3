import { Alert } from 'antd';
import { useId, useState } from 'react';
import { Answer } from '../../ui/Answer.tsx';
import { OfficialParagraphs } from '../../ui/OfficialWords.tsx';
import type { Template, TemplateContent } from './template-words.ts';
import { useTrial } from './use-trial.ts';

interface TemplateTrialProps {
  readonly template: Template;
  readonly content: TemplateContent;
}

/** The words as they would be sent for a real case, or which part of them is wrong. */
export function TemplateTrial({ template: { kind, examples }, content }: TemplateTrialProps) {
  const id = useId();
  const [example, setExample] = useState<string | null>(null);
  const trial = useTrial(kind, content, example);
  return (
    <section className="template-trial" aria-label="试用">
      <label htmlFor={id}>在哪一件上试：</label>
      <select
        id={id}
        value={example ?? ''}
        onChange={({ target: { value } }) => setExample(value === '' ? null : value)}
      >
        <option value="">{examples.length === 0 ? '示例（还没有真实的）' : '最近的一件'}</option>
        {examples.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <Answer of={trial} rows={4}>
        {({ faults, worded, problem }) => (
          <>
            {faults.length > 0 && (
              <Alert
                type="error"
                title="写得不对，不能保存和启用"
                description={
                  <ul>
                    {faults.map(({ words }) => (
                      <li key={words}>{words}</li>
                    ))}
                  </ul>
                }
              />
            )}
            {problem !== null && (
              <Alert
                type="warning"
                title="对这件事用不了，会改用自带的文字"
                description={problem}
              />
            )}
            {worded !== null && (
              <article className="case-notice">
                <h3>{worded.title}</h3>
                <OfficialParagraphs of={worded.paragraphs} />
              </article>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
