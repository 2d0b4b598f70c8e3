import type { AccessibilityNode } from './facts/render-facts.ts';

/** What axe-core said of one page, before anything is made of it: by the name of its rules. */
export interface AxeReading {
  /** Version of axe-core. */
  readonly engine: string;
  readonly rules: Readonly<Record<string, AxeRuleReading>>;
}

export interface AxeRuleReading {
  /** Elements that passed, that break the rule, and of which axe cannot say. */
  readonly passed: number;
  readonly failed: number;
  readonly undetermined: number;
  /** Those that break it first, then those in doubt; at most {@link AXE_NODES_MAX}. */
  readonly failedNodes: readonly AccessibilityNode[];
  readonly doubtfulNodes: readonly AccessibilityNode[];
}

/** Elements kept of one rule, and characters of a selector and of an excerpt. */
export const AXE_NODES_MAX = 20;
export const AXE_TEXT_MAX = 200;
