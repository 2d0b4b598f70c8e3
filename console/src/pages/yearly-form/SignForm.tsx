import { Input } from 'antd';
import { useId, useState } from 'react';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { YearlyDetail } from '../yearly-forms/yearly-words.tsx';
import { useFormStep } from './use-form-step.ts';

interface GivenProps {
  readonly given: YearlyDetail;
}

/** What a leader does: signs or gives back; and where a signed form was published. */
export function SignForm({ given }: GivenProps) {
  const { sign } = given.may;
  return (
    <>
      {sign !== undefined && <Sign given={given} whyNot={sign} />}
      {given.may.publish && <Publish given={given} />}
      {given.may.return && <Return given={given} />}
    </>
  );
}

function Sign({ given, whyNot }: GivenProps & { readonly whyNot: string | null }) {
  const sign = useFormStep(given, 'signature', '已签发');
  return (
    <Panel title="签发">
      <div className="stack">
        <p>请核对全部栏目；签发以后不能再改，除非退回。</p>
        <FormProblem error={sign.error} />
        <ConfirmButton
          type="primary"
          whyNot={whyNot}
          question="签发这份年度报表？"
          consequence="签发以后由填报单位在网站首页公开。"
          confirmWords="签发"
          onConfirm={() => sign.mutateAsync({})}
        >
          签发
        </ConfirmButton>
        {whyNot !== null && <p className="quiet">{whyNot}</p>}
      </div>
    </Panel>
  );
}

function Publish({ given }: GivenProps) {
  const id = useId();
  const [url, setUrl] = useState('');
  const publish = useFormStep(given, 'publication', '已记下公开的网址');
  const isAddress = /^https?:\/\/\S{3,}$/.test(url.trim());
  return (
    <Panel title="公开">
      <div className="stack">
        <label htmlFor={id}>报表公开的网址：</label>
        <Input
          id={id}
          value={url}
          maxLength={500}
          placeholder="http://"
          onChange={({ target }) => setUrl(target.value)}
        />
        <FormProblem error={publish.error} />
        <ConfirmButton
          type="primary"
          whyNot={isAddress ? null : '请先写完整的网址，以 http:// 或 https:// 开头。'}
          question="已经在这个网址公开？"
          consequence="记下以后这份报表办完，不能再改。"
          confirmWords="已公开"
          onConfirm={() => publish.mutateAsync({ url: url.trim() })}
        >
          已公开
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function Return({ given }: GivenProps) {
  const [reason, setReason] = useState('');
  const back = useFormStep(given, 'return', '已退回，填报单位会收到通知');
  return (
    <details className="more case-more">
      <summary>退回修改…</summary>
      <div className="stack">
        <WordsField
          label="退回的理由（填报的人会看到）："
          value={reason}
          max={500}
          onChange={setReason}
        />
        <FormProblem error={back.error} />
        <ConfirmButton
          whyNot={reason.trim() === '' ? '请先写明理由。' : null}
          question="退回修改？"
          consequence="回到填报中，改好以后重新提交、签发。"
          confirmWords="退回"
          onConfirm={() => back.mutateAsync({ reason: reason.trim() })}
        >
          退回修改
        </ConfirmButton>
      </div>
    </details>
  );
}
