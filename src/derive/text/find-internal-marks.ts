import type { Candidate } from './candidate.ts';

/**
 * Marks of what was not meant for the public: degrees of secrecy with a star (《国家秘密定密管理》 form: 机密★1年), notes of internal
 * use, notes that a document is not disclosed. The words alone, in a sentence about secrecy, are none.
 */
export function findInternalMarks(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { pattern, confidence, reason } of MARKS)
    for (const match of text.matchAll(pattern)) {
      const [whole] = match;
      found.push({
        start: match.index,
        end: match.index + whole.length,
        suggestion: '',
        class: 'internalMark',
        severity: 'serious',
        confidence,
        rule: 'internalMark',
        reason,
      });
    }
  return found;
}

const MARKS: readonly {
  readonly pattern: RegExp;
  readonly confidence: number;
  readonly reason: string;
}[] = [
  {
    pattern:
      /(?:绝密|机密|秘密)\s?[★☆*]\s?(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月)|长期|启用前|解密前)?/g,
    confidence: 0.9,
    reason: '密级标志',
  },
  {
    pattern:
      /内部(?:资料|文件|材料|刊物|参考|使用|传阅|掌握)[，,、 ：:!！（(]{0,2}(?:不得|严禁|禁止|请勿|切勿|勿)(?:外传|外泄|泄露|扩散|公开|翻印|复印|上网|转载)/g,
    confidence: 0.95,
    reason: '内部使用标记',
  },
  {
    pattern: /内部(?:资料|文件|材料)[，,、 ]{0,2}(?:注意保存|妥善保管|用后收回|仅供参考)/g,
    confidence: 0.85,
    reason: '内部使用标记',
  },
  {
    pattern: /(?:仅限|仅供|只限)(?:系统|单位|机关|本单位)?内部(?:使用|传阅|参考|掌握|交流)/g,
    confidence: 0.8,
    reason: '内部使用标记',
  },
  {
    pattern:
      /(?:[（(【〔[]|(?<![^\n]))(?:此件|本件|本文件|此文件)(?:不公开|不予公开|不对外公开|依申请公开|不宜公开|不得公开|内部使用|内部掌握)(?:发布)?(?:[）)】〕\]]|(?![^\n。]))/g,
    confidence: 0.9,
    reason: '公开属性不是主动公开',
  },
  {
    pattern:
      /(?<![\u3400-\u9fff])(?:公开属性|公开方式|公开类型|信息公开选项)[:： ]{1,2}(?:不予公开|不公开|依申请公开)/g,
    confidence: 0.85,
    reason: '公开属性不是主动公开',
  },
  {
    // Alone in its brackets or on its line it is a stamp; 《…》（内部资料） names a book, and 内部资料 alone may be an entry of a menu.
    pattern:
      /(?<![》）)\u3400-\u9fff])[（(【〔[](?:内部(?:资料|文件|材料|刊物|参阅|传阅|参考|使用|掌握)|不得公开|注意保密|绝密|机密|工作秘密|内部情况)[）)】〕\]]/g,
    confidence: 0.7,
    reason: '内部使用标记',
  },
  {
    pattern:
      /(?<![^\n])(?:内部(?:参阅|传阅|掌握)|不得公开|注意保密|注意保存|工作秘密|严禁外传|请勿外传)(?![^\n])/g,
    confidence: 0.7,
    reason: '内部使用标记',
  },
  {
    pattern:
      /(?<![\u3400-\u9fff])密级[:： ]{1,2}(?:绝密|机密|秘密|内部|工作秘密)(?![\u3400-\u9fff、，])/g,
    confidence: 0.85,
    reason: '密级标志',
  },
];
