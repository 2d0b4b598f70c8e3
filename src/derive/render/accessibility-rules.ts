import type { AccessibilityRule, AccessibilityRuleId } from '../../domain/facts/render-facts.ts';
import { AXE_NODES_MAX, type AxeReading } from '../../domain/rendering.ts';

interface RuleWords {
  readonly name: string;
  /** Rules of axe-core that together look at it. */
  readonly axeRules: readonly string[];
}

/**
 * The machine-checkable subset of GB/T 37668-2019 (guidelines.md §3), each with the rules of axe-core that look at it. Our own
 * choice: it is no grading by the standard.
 */
export const ACCESSIBILITY: Readonly<Record<AccessibilityRuleId, RuleWords>> = {
  imageText: {
    name: '图片替代文本',
    axeRules: [
      'image-alt',
      'input-image-alt',
      'area-alt',
      'role-img-alt',
      'svg-img-alt',
      'object-alt',
    ],
  },
  formLabel: {
    name: '表单标签',
    axeRules: ['label', 'select-name', 'input-button-name', 'button-name', 'aria-input-field-name'],
  },
  pageLanguage: { name: '页面语言', axeRules: ['html-has-lang', 'html-lang-valid', 'valid-lang'] },
  headingOrder: {
    name: '标题层级',
    // A page without any heading of the first level is a habit, not a fault by the standard.
    axeRules: ['heading-order', 'empty-heading'],
  },
  keyboard: {
    name: '键盘可达',
    axeRules: ['scrollable-region-focusable', 'tabindex', 'nested-interactive', 'accesskeys'],
  },
  colorContrast: { name: '颜色对比', axeRules: ['color-contrast'] },
  linkText: { name: '链接文字', axeRules: ['link-name'] },
  skipToMain: { name: '跳转主内容', axeRules: ['bypass', 'skip-link'] },
};

/** Every rule of axe-core that is to be run. */
export const AXE_RULES: readonly string[] = Object.values(ACCESSIBILITY).flatMap(
  ({ axeRules }) => axeRules,
);

/** The subset's rules, one by one, from what axe said. */
export function accessibilityRules({ rules }: AxeReading): AccessibilityRule[] {
  return (Object.entries(ACCESSIBILITY) as [AccessibilityRuleId, RuleWords][]).map(
    ([id, { name, axeRules }]) => {
      const said = axeRules.flatMap((rule) => rules[rule] ?? []);
      const sum = (of: 'passed' | 'failed' | 'undetermined'): number =>
        said.reduce((total, each) => total + each[of], 0);
      const counts = {
        passed: sum('passed'),
        failed: sum('failed'),
        undetermined: sum('undetermined'),
      };
      const failed = said.flatMap((each) => each.failedNodes);
      const nodes = failed.length > 0 ? failed : said.flatMap((each) => each.doubtfulNodes);
      return {
        id,
        name,
        axeRules,
        result: resultOf(counts),
        ...counts,
        nodes: nodes.slice(0, AXE_NODES_MAX),
      };
    },
  );
}

function resultOf(counts: {
  readonly passed: number;
  readonly failed: number;
  readonly undetermined: number;
}): AccessibilityRule['result'] {
  if (counts.failed > 0) return 'failed';
  if (counts.undetermined > 0) return 'undetermined';
  return counts.passed > 0 ? 'passed' : 'notApplicable';
}
