import type { AccessibilityNode } from './facts/render-facts.ts';

/** What axe-core said of one page, before anything is made of it: by the name of its rules. */
export interface AxeReading {
  /** Version of axe-core. */
  readonly engine: string;
  /** The document is a frame set: it has no content of its own. */
  readonly isFrameset: boolean;
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

/** Something on a page that one can press, as it stands there. */
export interface PageControl {
  /** Its text, else the alternative text of its picture, else its tooltip; at most 40 characters. */
  readonly words: string;
  /** Absolute http(s) address that it leads to; null for a button. */
  readonly url: string | null;
  readonly selector: string;
  /** CSS pixels from the top of the page. */
  readonly top: number;
  /** Text around it, at most 300 characters. */
  readonly around: string;
}

/** A box that stays in the window while the page is scrolled. */
export interface FloatingBox {
  readonly selector: string;
  readonly words: string;
  /** Class and id names. */
  readonly names: string;
  /** Hosts that its links lead to. */
  readonly hosts: readonly string[];
  readonly hasPicture: boolean;
}

/** How a page looks to somebody who reads it. */
export interface TextLook {
  readonly url: string;
  readonly title: string;
  /** Median size of its text, weighted by characters, zoom included, CSS pixels; null without text. */
  readonly fontSize: number | null;
  readonly boxes: readonly FloatingBox[];
}

/** What came of pressing a control or following it. */
export interface ControlUse {
  readonly before: TextLook | null;
  /** Null when it could not be looked at afterwards. */
  readonly after: TextLook | null;
  /** Scripts, data or frames that did not come: perhaps what the control needs. */
  readonly missed: number;
  readonly isStopped: boolean;
}
