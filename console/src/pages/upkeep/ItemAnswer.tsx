import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import type { BodyOf } from '../../api/types.ts';
import { ANSWER_WORDS, type Duty, type Subject } from './upkeep-words.tsx';

type Item = BodyOf<'/api/v1/upkeep/duties/{id}/confirmation', 'post'>['items'][number];
export type Said = Pick<Item, 'answer' | 'note'>;

interface ItemAnswerProps {
  readonly item: Subject;
  readonly duty: Duty;
  readonly said: Said | undefined;
  readonly onSay: (said: Said) => void;
}

/** What is said of one site or account: nothing changed, a correction is under way, or what is wrong. */
export function ItemAnswer({ item, duty, said, onSay }: ItemAnswerProps) {
  const { kind, subjectId } = item;
  const name = item.values?.name ?? item.name;
  const given = duty.cases.find(({ accountId }) => kind === 'account' && accountId === subjectId);
  const answers = ['unchanged', kind === 'account' ? 'corrected' : 'reported'] as const;
  return (
    <fieldset className="upkeep-answer">
      <legend className="only-read">{name}</legend>
      {answers.map((answer) => (
        <label key={answer}>
          <input
            type="radio"
            name={`${kind}-${subjectId}`}
            checked={said?.answer === answer}
            onChange={() => onSay({ answer, note: said?.note ?? '' })}
          />{' '}
          {answer === 'reported' ? '有问题' : ANSWER_WORDS[answer]}
        </label>
      ))}
      {kind === 'account' &&
        (given === undefined ? (
          <Link
            to="/account-cases/new"
            search={{ kind: 'change', account: String(subjectId), duty: String(duty.id) }}
          >
            更正“{name}”
          </Link>
        ) : (
          <Link to="/account-cases/$id" params={{ id: String(given.id) }}>
            第 {given.id} 号事项{given.state === 'draft' && '（还没有提交）'}
          </Link>
        ))}
      {said?.answer === 'reported' && (
        <Input
          aria-label={`“${name}”哪里不对`}
          placeholder="哪里不对、应是什么"
          maxLength={500}
          value={said.note}
          onChange={(event) => onSay({ answer: 'reported', note: event.target.value })}
        />
      )}
    </fieldset>
  );
}
