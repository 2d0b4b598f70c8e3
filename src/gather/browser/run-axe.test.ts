import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ACCESSIBILITY,
  AXE_RULES,
  accessibilityRules,
} from '../../derive/render/accessibility-rules.ts';
import { ACCESSIBILITY_RULES, type AccessibilityRule } from '../../domain/facts/render-facts.ts';
import type { AxeReading } from '../../domain/rendering.ts';
import { openRenderRoom, type RenderRoom } from '../../testing/browser/render-room.ts';
import { answer } from '../../testing/servers/behaviours.ts';
import { runAxe } from './run-axe.ts';

let body = '';
let room: RenderRoom;
beforeAll(async () => {
  // A policy that forbids every script of others: ours runs beside it.
  room = await openRenderRoom((request, response) =>
    answer(200, body, { 'content-security-policy': "script-src 'none'" })(request, response),
  );
});
afterAll(() => room?.[Symbol.asyncDispose]());

async function rulesOf(html: string): Promise<Record<string, AccessibilityRule>> {
  body = html;
  let said: AxeReading | null = null;
  await room.render('/', {
    look: async (open) => {
      said = await runAxe(open, AXE_RULES);
    },
  });
  if (said === null) throw new Error('axe 没有结果');
  return Object.fromEntries(accessibilityRules(said).map((rule) => [rule.id, rule]));
}

const GOOD = `<!doctype html><html lang="zh-CN"><head><title>好</title></head><body><a href="#main">跳到主要内容</a>
<header><nav><a href="/a">机构职能</a></nav></header><main id="main" tabindex="-1"><h1>某县人民政府</h1><h2>要闻</h2>
<p style="color:#000;background:#fff">正文</p><img src="/a.png" alt="办公楼"><form><label for="q">检索词</label><input id="q"><button>检索</button></form></main></body></html>`;

it('every rule has a name in Chinese and rules of axe', () => {
  expect(Object.keys(ACCESSIBILITY)).toEqual([...ACCESSIBILITY_RULES]);
});

it('a good page passes all that applies', async () => {
  const rules = await rulesOf(GOOD);
  expect(Object.values(rules).filter(({ result }) => result === 'failed')).toEqual([]);
  for (const id of [
    'imageText',
    'formLabel',
    'pageLanguage',
    'headingOrder',
    'colorContrast',
    'linkText',
    'skipToMain',
  ])
    expect([id, rules[id]?.result]).toEqual([id, 'passed']);
});

it.each([
  ['imageText', 'alt="办公楼"', '', 'image-alt', 'img'],
  ['formLabel', '<label for="q">检索词</label>', '', 'label', '#q'],
  ['pageLanguage', ' lang="zh-CN"', '', 'html-has-lang', 'html'],
  ['headingOrder', '<h2>要闻</h2>', '<h4>要闻</h4>', 'heading-order', 'h4'],
  ['colorContrast', 'color:#000', 'color:#ddd', 'color-contrast', 'p'],
  ['linkText', '>机构职能<', '><', 'link-name', 'a[href="/a"]'],
  ['keyboard', '<h2>要闻</h2>', '<h2 tabindex="5">要闻</h2>', 'tabindex', 'h2'],
])('%s fails where it is broken, and only that', async (id, from, to, axeRule, selector) => {
  expect(GOOD).toContain(from);
  const rules = await rulesOf(GOOD.replace(from, to));
  const failed = Object.values(rules).filter(({ result }) => result === 'failed');
  expect(failed.map((rule) => rule.id)).toEqual([id]);
  expect(failed[0]?.nodes[0]).toMatchObject({ axeRule, selector });
  expect(failed[0]?.name).toMatch(/^\p{Script=Han}+$/u);
});

it('what cannot be told is said to be so: text on a picture', async () => {
  const rules = await rulesOf(GOOD.replace('background:#fff', 'background:url(/b.png)'));
  expect(rules.colorContrast).toMatchObject({ result: 'undetermined', failed: 0 });
});
