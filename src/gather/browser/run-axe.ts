import axe from 'axe-core';
import { AXE_NODES_MAX, AXE_TEXT_MAX, type AxeReading } from '../../domain/rendering.ts';
import type { OpenPage } from './render-page.ts';

/** Contrast of a page with 10,000 elements takes axe some seconds. */
const AXE_MS = 25_000;

/**
 * Runs rules of axe-core (by its ids) over a page at rest, in a world of our own: the page's policy and its scripts have no say.
 * Frames are not looked into. Null when axe did not come to an end.
 */
export async function runAxe(open: OpenPage, rules: readonly string[]): Promise<AxeReading | null> {
  const options = {
    runOnly: { type: 'rule', values: rules },
    resultTypes: ['violations', 'incomplete', 'passes'],
    iframes: false,
    preload: false,
  };
  const expression = `${axe.source};
axe.run(document, ${JSON.stringify(options)}).then(${SUM_UP})`;
  return open.world.run<AxeReading>(expression, AXE_MS);
}

/** Runs in the page: plain JavaScript. Thousands of passing elements are counted there and not carried over. */
const SUM_UP = `((said) => {
  const rules = {};
  const of = (id) => (rules[id] ??= { passed: 0, failed: 0, undetermined: 0, failedNodes: [], doubtfulNodes: [] });
  const nodes = (rule) => rule.nodes.slice(0, ${AXE_NODES_MAX}).map((node) => ({
    axeRule: rule.id,
    selector: String(node.target).slice(0, ${AXE_TEXT_MAX}),
    excerpt: node.html.slice(0, ${AXE_TEXT_MAX}),
  }));
  for (const rule of said.passes) of(rule.id).passed = rule.nodes.length;
  for (const rule of said.violations) Object.assign(of(rule.id), { failed: rule.nodes.length, failedNodes: nodes(rule) });
  for (const rule of said.incomplete) Object.assign(of(rule.id), { undetermined: rule.nodes.length, doubtfulNodes: nodes(rule) });
  return { engine: said.testEngine.version, isFrameset: document.body?.localName === 'frameset', rules };
})`;
