import type { ReactNode } from 'react';
import { AddressLink } from '../../ui/AddressLink.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import {
  type AssessedLine,
  type AssessedUnit,
  effectWords,
  formWords,
  isObjection,
  PART_WORDS,
  valueWords,
} from '../assessments/assessment-words.tsx';
import { LineFiles } from './LineFiles.tsx';

interface LineCardProps {
  readonly given: AssessedUnit;
  readonly line: AssessedLine;
  /** What may be done with it. */
  readonly children?: ReactNode;
}

/** One line of a unit's assessment, with everything that stands behind its points. */
export function LineCard({ given, line, children }: LineCardProps) {
  const { rule } = line;
  return (
    <article className="assessment-line" aria-labelledby={rule.id}>
      <div className="assessment-line-head">
        <h3 id={rule.id}>{rule.title}</h3>
        <span className="tag-row">
          {isObjection(line) && <StateTag tone="warn">单位有异议</StateTag>}
          <StateTag tone={toneOf(line)}>{effectWords(line)}</StateTag>
        </span>
      </div>
      <p className="quiet">
        {PART_WORDS[rule.part]}：{formWords(rule)}
      </p>
      <div className="assessment-line-parts">
        <Measured line={line} />
        <Claimed given={given} line={line} />
        <Decided line={line} />
      </div>
      {children}
    </article>
  );
}

function toneOf({ rule, value, centipoints }: AssessedLine): Tone {
  if (centipoints === null) return 'waiting';
  if (rule.form.kind === 'atLeast')
    return value !== null && value >= rule.form.count ? 'bad' : 'good';
  return centipoints > 0 && rule.part === 'deduct' ? 'warn' : 'good';
}

function Measured({ line: { rule, measured, evidence } }: Pick<LineCardProps, 'line'>) {
  return (
    <section>
      <h4>平台数的</h4>
      {rule.measure === null ? (
        <p className="quiet">平台数不出，由单位自评</p>
      ) : (
        <p>{measured === null ? '没有数到，不等于没有' : `${measured} 个`}</p>
      )}
      {evidence.length > 0 && (
        <ul>
          {evidence.map(({ words, link }) => (
            <li key={words}>
              {link === null ? words : <AddressLink href={link}>{words}</AddressLink>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Claimed({ given, line }: Pick<LineCardProps, 'given' | 'line'>) {
  const { rule, claimed, claimNote, files } = line;
  const isSilent = claimNote === '' && claimed === null;
  return (
    <section>
      <h4>单位自评</h4>
      {isSilent && <p className="quiet">{rule.measure === null ? '没有写' : '没有异议'}</p>}
      {claimed !== null && <p>{valueWords(rule, claimed)}</p>}
      {claimNote !== '' && <p className="keep-lines">{claimNote}</p>}
      <LineFiles given={given} files={files} />
    </section>
  );
}

function Decided({ line }: Pick<LineCardProps, 'line'>) {
  const { rule, decided, decisionNote, decidedBy, value } = line;
  return (
    <section>
      <h4>核定</h4>
      {decided === null ? (
        <p className="quiet">
          {value === null ? '还没有核定' : `没有异议，按平台数的 ${valueWords(rule, value)} 计`}
        </p>
      ) : (
        <>
          <p>
            {valueWords(rule, decided)}
            <span className="quiet">（{decidedBy}）</span>
          </p>
          <p className="keep-lines">{decisionNote}</p>
        </>
      )}
    </section>
  );
}
