import type { CalendarDate } from '../../lib/pure/dates.ts';

/** Why a page was opened in a browser: what its static form did not show. */
export type RenderCause =
  | 'home' // the home page writes itself by script
  | 'list' // a section whose list is written by script
  | 'footer' // the foot of the home page is written by script
  | 'look'; // asked for by a person, or for its looks (accessibility, 适老化)

/** A picture of a rendered page, kept in the archive. Sizes in CSS pixels. */
export interface PageScreenshot {
  /** SHA-256 (hex) of the picture's bytes. */
  readonly snapshot: string;
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  /** The page goes on below the picture. */
  readonly cut: boolean;
}

/** What the page asked for while it was open. Refusals are ours: they never speak against the site. */
export interface RenderRequests {
  readonly made: number;
  readonly refused: number;
  readonly bytes: number;
  /** Requests that came to nothing on the other side (DNS, reset, timeout). */
  readonly failed: number;
  /** Chinese reasons with their numbers, at most 20. */
  readonly reasons: Readonly<Record<string, number>>;
}

/**
 * Milliseconds from the start of the navigation, as the browser counts them; null when never reached. Our own pace between
 * requests is in them: they are no load time of a visitor.
 */
export interface RenderTiming {
  readonly domContentLoadedMs: number | null;
  readonly loadMs: number | null;
}

/** One page that was opened in a browser. */
export interface RenderedPage {
  readonly url: string;
  readonly finalUrl: string;
  readonly cause: RenderCause;
  /** `rendered`: scripts ran and the page was read again. `unobserved`: `reason` (Chinese) says why we could not look. */
  readonly state: 'rendered' | 'unobserved';
  readonly reason?: string;
  readonly title: string;
  /** SHA-256 (hex) of the HTML after scripts; null when it could not be read. */
  readonly html: string | null;
  readonly screenshot: PageScreenshot | null;
  /** Items of content lists before and after the scripts ran; null when that was not read. */
  readonly itemsBefore: number | null;
  readonly itemsAfter: number | null;
  readonly consoleErrors: number;
  readonly requests: RenderRequests;
  readonly timing: RenderTiming;
  /** Chinese names of the limits that were hit (scripts stopped, requests, bytes, picture cut …). */
  readonly hitLimits: readonly string[];
}

/** `site.rendered`: the pages of one site that needed a browser. */
export interface RenderedView {
  readonly pages: readonly RenderedPage[];
  /** Pages that needed a browser and were left out by the site's budget. */
  readonly leftOut: number;
  /** Such as `Chromium 156.0.8078.108`. */
  readonly browser: string;
}

/** Machine-checkable subset of GB/T 37668-2019 (guidelines.md §3): no grading. */
export const ACCESSIBILITY_RULES = [
  'imageText', // 图片替代文本
  'formLabel', // 表单标签
  'pageLanguage', // 页面语言
  'headingOrder', // 标题层级
  'keyboard', // 键盘可达
  'colorContrast', // 颜色对比
  'linkText', // 链接文字
  'skipToMain', // 跳转主内容
] as const;
export type AccessibilityRuleId = (typeof ACCESSIBILITY_RULES)[number];

/** One element of a page that a rule speaks of. */
export interface AccessibilityNode {
  /** Rule of axe-core, e.g. `image-alt`. */
  readonly axeRule: string;
  /** CSS selector, at most 200 characters. */
  readonly selector: string;
  /** The element's markup, at most 200 characters. */
  readonly excerpt: string;
}

export interface AccessibilityRule {
  readonly id: AccessibilityRuleId;
  /** Chinese name, e.g. 图片替代文本. */
  readonly name: string;
  readonly axeRules: readonly string[];
  /** `undetermined`: the machine cannot say (a gradient behind text …), for people. `notApplicable`: nothing of the kind stands there. */
  readonly result: 'passed' | 'failed' | 'undetermined' | 'notApplicable';
  /** Elements that passed, that break the rule, and of which the machine cannot say. */
  readonly passed: number;
  readonly failed: number;
  readonly undetermined: number;
  /** Elements that break it, else those in doubt; at most 20. */
  readonly nodes: readonly AccessibilityNode[];
}

/** `site.accessibility`: one rendered page, normally the home page, under the rules. */
export interface AccessibilityView {
  readonly url: string;
  /** SHA-256 (hex) of the HTML after scripts. */
  readonly html: string;
  readonly screenshot: PageScreenshot | null;
  /** Version of axe-core. */
  readonly engine: string;
  readonly rules: readonly AccessibilityRule[];
}

/** A way into the ageing-friendly or barrier-free version (适老化、无障碍入口). */
export interface AgeingEntry {
  /** As printed: 适老模式, 关怀版, 长者版, 大字版, 无障碍 … */
  readonly words: string;
  /** `ageing`: for the old; `access`: for the blind and others (无障碍), often both in one. */
  readonly kind: 'ageing' | 'access';
  /** Where a link leads; null for a button. */
  readonly url: string | null;
  readonly selector: string;
  /** Stands inside the first screen (1,366 × 768), so that it is found without scrolling. */
  readonly isProminent: boolean;
}

/** What came of using an entry. */
export interface AgeingSwitch {
  /** `font`: the text grew; `page`: another page of that version opened; `tool`: a tool bar opened; `none`: nothing changed. */
  readonly result: 'font' | 'page' | 'tool' | 'none' | 'undetermined';
  /** Chinese; why it is undetermined. */
  readonly reason?: string;
  readonly url: string;
  /** Median size of the page's text in CSS pixels, before and after. */
  readonly fontBefore: number | null;
  readonly fontAfter: number | null;
  readonly html: string | null;
  readonly screenshot: PageScreenshot | null;
}

/** The 信息无障碍 mark that a home page prints: valid two years from the day it was given. */
export interface AccessibilityMark {
  readonly words: string;
  readonly url: string | null;
  readonly awardedOn: CalendarDate | null;
  readonly validUntil: CalendarDate | null;
}

/**
 * `site.ageing`: the entries of the home page and what the first of them does. `absent` = the home page was rendered and shows
 * no entry.
 */
export interface AgeingView {
  readonly entries: readonly AgeingEntry[];
  readonly switched: AgeingSwitch;
  /** Floating or pop-up boxes that look like advertisements or inducing buttons in that version; null when it was not seen. */
  readonly ads: readonly { readonly selector: string; readonly excerpt: string }[] | null;
  /** Null when no mark is printed. */
  readonly mark: AccessibilityMark | null;
}

export interface RenderFactMap {
  'site.rendered': RenderedView;
  'site.accessibility': AccessibilityView;
  'site.ageing': AgeingView;
}
