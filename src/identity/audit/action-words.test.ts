import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTION_GROUPS, actionWords, subjectWords } from './action-words.ts';

/** Values that a template in an action may take, by the name in it. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'input.decision': ['confirm', 'reject', 'annotate', 'cannotJudge', 'withdraw'],
  decision: ['uphold', 'dismiss'],
  state: ['gathering', 'judging'],
  verb: ['reopen', 'adopt', 'dismiss'],
  step: [
    ...['amend', 'submit', 'withdraw', 'review', 'takeBack', 'approve'],
    ...['return', 'reject', 'announce', 'complete', 'revoke'],
  ],
  formStep: ['fill', 'recount', 'submit', 'sign', 'return', 'publish'],
  handoverStep: ['take', 'decline', 'takeBack'],
  regulationStep: ['publish', 'discard'],
  measureStep: ['decide', 'refuse', 'withdraw'],
  draftStep: ['choose', 'submit', 'discard'],
  unitStep: ['report', 'decide', 'review', 'return'],
  'step.name': ['assign', 'accept', 'extend', 'answer', 'publish', 'withdraw'],
  'taken.step': [
    ...['acknowledge', 'plan', 'answer', 'approve', 'sendBack', 'askExtension', 'check'],
    ...['grantExtension', 'refuseExtension', 'close', 'return', 'escalate', 'recheck'],
  ],
};

/** Every action that the program writes into the trail: the texts of each `action: …`, a choice between two included. */
function actionsInSource(): { file: string; action: string }[] {
  return globSync('src/**/*.ts')
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('src/testing/'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      if (!/import \{[^}]*\brecordAudit\b/.test(text)) return [];
      return [...text.matchAll(/\baction:\s*([^,}\n]*['"`][^,\n]*)/g)].flatMap(([, value]) =>
        [...value!.matchAll(/(['"`])([\w-]+\.[^'"`]+)\1/g)].flatMap(([, , action]) =>
          expand(action!).map((each) => ({ file, action: each })),
        ),
      );
    });
}

function expand(action: string): string[] {
  const template = /\$\{([^}]+)\}/.exec(action);
  if (template === null) return [action];
  const values = TEMPLATES[template[1]!] ?? [];
  expect(values, `${action}: 这个模板可能的值要列在测试里`).not.toEqual([]);
  return values.flatMap((value) => expand(action.replace(template[0], value)));
}

describe('the words of actions', () => {
  it('every action that the program writes has Chinese words, and no others are offered', () => {
    const actions = actionsInSource();
    expect(actions.filter(({ action }) => actionWords(action) === null)).toEqual([]);
    const offered = ACTION_GROUPS.flatMap(({ actions: of }) => Object.keys(of));
    expect([...offered].sort()).toEqual([...new Set(actions.map(({ action }) => action))].sort());
  });

  it('each is Chinese, and no two of a group read alike', () => {
    for (const { title, actions } of ACTION_GROUPS) {
      const words = Object.values(actions);
      expect(words.filter((each) => !/^[一-龥，]+$/.test(each))).toEqual([]);
      expect([title, new Set(words).size]).toEqual([title, words.length]);
    }
  });

  it.each([
    ['registry.import', '导入名录'],
    ['finding.reject', '驳回问题'],
    ['identity.locked', '输错次数太多，被锁定'],
    ['unheard.of', null],
    ['constructor', null],
    ['', null],
  ])('%s', (action, words) => expect(actionWords(action)).toBe(words));

  it.each([
    ['round:2020Q3', '批次 2020Q3'],
    ['site:4301000001', '网站 4301000001'],
    ['else:1', 'else:1'],
    [null, null],
  ])('subject %s', (subject, words) => expect(subjectWords(subject)).toBe(words));
});
