import { createHash } from 'node:crypto';
import { UserError } from '../../lib/pure/errors.ts';
import {
  type Complain,
  compileCondition,
  compileSentence,
} from '../../lib/pure/template/sentence.ts';
import { BULLETIN_WORDS, COLLECTIONS } from './fields.ts';
import { type Block, type BlockFile, type Template, TemplateFile } from './template.ts';

const COMPLAINTS_MAX = 30;

/**
 * Checks a whole template before anything is built with it. Throws {@link UserError} `bulletin.template` that names every fault
 * with its place in Chinese: unknown fields, conditions that break off, counts that are typed instead of counted.
 */
export function compileTemplate(value: unknown, source: string): Template {
  const parsed = TemplateFile.safeParse(value);
  if (!parsed.success) throw refusal(source, parsed.error.issues.map(complaint));
  const faults: string[] = [];
  const complain: Complain = (path, problem) => faults.push(`${path}：${problem}`);
  const template = compile(parsed.data, complain);
  checkKeys(template, complain);
  if (faults.length > 0) throw refusal(source, faults);
  return template;
}

function refusal(source: string, faults: readonly string[]): UserError {
  const shown = faults.slice(0, COMPLAINTS_MAX);
  const more = faults.length > shown.length ? [`……还有 ${faults.length - shown.length} 处`] : [];
  return new UserError('bulletin.template', `模板 ${source} 写得不对，没有生成任何文件。`, {
    field: 'template',
    details: [...shown, ...more],
  });
}

function complaint(issue: {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}): string {
  const problem =
    issue.code === 'unrecognized_keys'
      ? `不认识的字段：${(issue.keys ?? []).join('、')}`
      : issue.message;
  return issue.path.length === 0 ? problem : `${issue.path.map(String).join('.')}：${problem}`;
}

function compile(file: TemplateFile, complain: Complain): Template {
  const { id, name, basis, percent, measure, limits, words } = file;
  return {
    ...{ id, name, basis, percent, measure, limits, words },
    title: compileSentence(file.title, 'title', complain, BULLETIN_WORDS),
    sections: file.sections.map(({ heading, when, blocks }, index) => ({
      heading,
      when:
        when === undefined
          ? null
          : compileCondition(when, `sections.${index}.when`, complain, BULLETIN_WORDS),
      blocks: blocks.map((block, at) =>
        compileBlock(block, `sections.${index}.blocks.${at}`, complain),
      ),
    })),
    annexes: file.annexes.map(({ title, note, ...annex }, index) => {
      const own = COLLECTIONS[annex.of];
      if (own === undefined)
        complain(
          `annexes.${index}.of`,
          `没有“${annex.of}”；可用：${Object.keys(COLLECTIONS).join('、')}`,
        );
      else
        for (const [at, { field }] of annex.columns.entries())
          if (own[field] === undefined)
            complain(
              `annexes.${index}.columns.${at}.field`,
              `${annex.of} 没有“${field}”；可用：${Object.keys(own).join('、')}`,
            );
      return {
        ...annex,
        title: compileSentence(title, `annexes.${index}.title`, complain, BULLETIN_WORDS),
        note: compileSentence(note, `annexes.${index}.note`, complain, BULLETIN_WORDS),
      };
    }),
    file,
    sha256: createHash('sha256').update(JSON.stringify(file)).digest('hex'),
  };
}

function compileBlock(block: BlockFile, path: string, complain: Complain): Block {
  const { key, text, numbered, none, office, otherwise } = block;
  if ([text, numbered, office].filter((each) => each !== undefined).length !== 1)
    complain(path, 'text、numbered、office 三样里要写一样，只能写一样');
  if (numbered !== undefined)
    return {
      ...{ is: 'numbered', key },
      texts: numbered.map((each, at) =>
        compileSentence(each, `${path}.numbered.${at}`, complain, BULLETIN_WORDS),
      ),
      none: compileSentence(none ?? [], `${path}.none`, complain, BULLETIN_WORDS),
    };
  if (office !== undefined)
    return {
      is: 'office',
      key,
      field: office,
      otherwise: otherwise ?? [],
      numbered: office === 'requirements',
    };
  return {
    is: 'text',
    key,
    text: compileSentence(text ?? [], `${path}.text`, complain, BULLETIN_WORDS),
  };
}

function checkKeys({ sections }: Template, complain: Complain): void {
  const seen = new Set<string>();
  for (const { key } of sections.flatMap(({ blocks }) => blocks)) {
    if (seen.has(key)) complain('sections', `有两段都叫“${key}”`);
    seen.add(key);
  }
}
