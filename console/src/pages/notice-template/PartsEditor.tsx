import { Button } from 'antd';
import { useState } from 'react';
import { LineField } from '../../forms/LineField.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { EMPTY_PART, type TemplatePart } from './template-words.ts';

interface PartsEditorProps {
  readonly title: string;
  readonly parts: readonly TemplatePart[];
  /** Paragraphs of a letter begin with a lead. */
  readonly hasLead: boolean;
  readonly onChange: (parts: TemplatePart[]) => void;
}

/** The parts of a title or of a text, one below the other: when it is said, and what. Other words need another `key`. */
export function PartsEditor({ title, parts, hasLead, onChange }: PartsEditorProps) {
  // A part has no name but its place, which another takes when one is taken out.
  const [keys, setKeys] = useState(() => parts.map((_, index) => index));
  const change = (at: number, part: Partial<TemplatePart>): void =>
    onChange(parts.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <fieldset className="template-parts">
      <legend>{title}</legend>
      {parts.map((part, at) => {
        const name = `${title}第 ${at + 1} 段`;
        return (
          <div key={keys[at]} className="stack template-part">
            <LineField
              label={`${name}：条件（空着就总写）`}
              value={part.when}
              max={500}
              placeholder="如 repeated > 0"
              onChange={(when) => change(at, { when })}
            />
            {hasLead && (
              <LineField
                label={`${name}：引语（可以空着）`}
                value={part.lead}
                placeholder="如 一、签收。"
                onChange={(lead) => change(at, { lead })}
              />
            )}
            <WordsField
              label={`${name}：文字`}
              value={part.text}
              max={4_000}
              onChange={(text) => change(at, { text })}
            />
            <Button
              size="small"
              aria-label={`删去这一段：${name}`}
              onClick={() => {
                setKeys(keys.filter((_, index) => index !== at));
                onChange(parts.filter((_, index) => index !== at));
              }}
            >
              删去这一段
            </Button>
          </div>
        );
      })}
      <Button
        size="small"
        aria-label={`${title}加一段`}
        onClick={() => {
          setKeys([...keys, Math.max(-1, ...keys) + 1]);
          onChange([...parts, EMPTY_PART]);
        }}
      >
        加一段
      </Button>
    </fieldset>
  );
}
