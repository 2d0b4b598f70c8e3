import { Button } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { todayOn } from '../../util/dates.ts';
import { DUTY_REFRESHES, type DutyChain, type DutyPost } from './duty-words.tsx';

interface HandOverProps {
  readonly chain: DutyChain;
  readonly post: DutyPost;
  readonly onClose: () => void;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is usual to hand over, and what is open today. */
const proposed = ({ kind, name, openWork }: DutyChain): string =>
  [
    kind === 'site' ? `“${name}”后台管理员账号` : `“${name}”登录账号`,
    '绑定的手机、邮箱和介质（U盾等）',
    ...openWork,
  ].join('\n');

/** Hands a post over to somebody: it changes hands when another person has taken it. */
export function HandOver({ chain, post, onClose }: HandOverProps) {
  const [name, setName] = useState('');
  const [office, setOffice] = useState(post.office);
  const [phone, setPhone] = useState('');
  const [takesOn, setTakesOn] = useState(todayOn(new Date()));
  const [items, setItems] = useState(proposed(chain));
  const [note, setNote] = useState('');
  const body = {
    ...{ post: post.post, name: name.trim(), office: office.trim(), phone: phone.trim() },
    ...{ takesOn, items: linesOf(items), note: note.trim() },
  };
  const give = useChange({
    change: () =>
      sendChange(
        'post',
        chain.kind === 'site'
          ? '/api/v1/duty/sites/{id}/handovers'
          : '/api/v1/duty/accounts/{id}/handovers',
        { params: { path: { id: chain.id } }, body },
      ),
    doneWords: '已发起交接，等接手的人确认接收',
    refreshes: DUTY_REFRESHES,
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const whyNot =
    name.trim() === ''
      ? '请写明由谁接手。'
      : takesOn === ''
        ? '请选接手的日期。'
        : body.items.length === 0
          ? '请写明交接哪些事项。'
          : null;
  return (
    <section className="stack duty-form" aria-label={`交接${post.title}`}>
      <h3>
        交接{post.title}（现在是{post.name}）
      </h3>
      <LineField label="由谁接手：" value={name} max={50} onChange={setName} />
      <LineField label="部门和职务：" value={office} max={100} onChange={setOffice} />
      <LineField label="电话：" value={phone} max={60} onChange={setPhone} />
      <DayField label="从哪天接手：" value={takesOn} onChange={setTakesOn} />
      <WordsField
        label="交接清单（一行一项；不要写密码本身）："
        value={items}
        rows={5}
        max={5_000}
        onChange={setItems}
      />
      <WordsField label="说明（可以不写）：" value={note} rows={2} max={500} onChange={setNote} />
      <FormProblem error={give.error} />
      <span className="tag-row">
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={give.isPending}
          onClick={() => give.mutate()}
        >
          发起交接
        </ReasonedButton>
        <Button onClick={onClose}>取消</Button>
      </span>
    </section>
  );
}
