import { Button } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { todayOn } from '../../util/dates.ts';
import { DUTY_REFRESHES, type DutyChain, type DutyPost } from './duty-words.tsx';

interface SetPostProps {
  readonly chain: DutyChain;
  readonly post: DutyPost;
  readonly onClose: () => void;
}

/** Says who holds a post: for the first time, or corrected. */
export function SetPost({ chain, post, onClose }: SetPostProps) {
  const [name, setName] = useState(post.name);
  const [office, setOffice] = useState(post.office);
  const [phone, setPhone] = useState(post.phone);
  const [validFrom, setValidFrom] = useState(post.validFrom ?? todayOn(new Date()));
  const [validTo, setValidTo] = useState(post.validTo ?? '');
  const body = {
    ...{ post: post.post, name: name.trim(), office: office.trim(), phone: phone.trim() },
    ...{ validFrom, validTo: validTo === '' ? null : validTo, seenId: post.holdingId },
  };
  const save = useChange({
    change: () =>
      sendChange(
        'put',
        chain.kind === 'site' ? '/api/v1/duty/sites/{id}' : '/api/v1/duty/accounts/{id}',
        { params: { path: { id: chain.id } }, body },
      ),
    doneWords: '已登记',
    refreshes: DUTY_REFRESHES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const whyNot =
    name.trim() === '' ? '请写明姓名或单位。' : validFrom === '' ? '请选起始日期。' : null;
  return (
    <section className="stack duty-form" aria-label={`登记${post.title}`}>
      <h3>登记{post.title}</h3>
      <LineField label="姓名或单位：" value={name} onChange={setName} />
      <LineField label="部门和职务：" value={office} max={100} onChange={setOffice} />
      <LineField label="电话：" value={phone} max={60} onChange={setPhone} />
      <DayField label="从哪天起：" value={validFrom} onChange={setValidFrom} />
      <DayField
        label="到哪天为止（合同到期、轮岗；不写就是一直）："
        value={validTo}
        min={validFrom}
        onChange={setValidTo}
      />
      <FormProblem error={save.error} />
      <span className="tag-row">
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          保存
        </ReasonedButton>
        <Button onClick={onClose}>取消</Button>
      </span>
    </section>
  );
}
