import { AXE_RULES, accessibilityRules } from '../../derive/render/accessibility-rules.ts';
import {
  AGEING_WORDS,
  accessibilityMark,
  ageingAds,
  ageingEntries,
  ageingSwitch,
} from '../../derive/render/ageing.ts';
import { absent, type Fact, observed, unobserved } from '../../domain/fact.ts';
import type { AccessibilityView, AgeingView } from '../../domain/facts/render-facts.ts';
import type { AxeReading, ControlUse, PageControl } from '../../domain/rendering.ts';
import type { OpenPage, RenderResult } from '../../gather/browser/render-page.ts';
import { runAxe } from '../../gather/browser/run-axe.ts';
import { type Picture, takePicture } from '../../gather/browser/take-picture.ts';
import {
  countFrames,
  documentNow,
  findControls,
  tryControl,
} from '../../gather/browser/try-control.ts';
import { sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import { type KeptBytes, keptOf, screenshotOf } from './rendered-page.ts';

/** What was seen of a home page while it stood in the browser, before anything is made of it. */
interface Seen {
  readonly isStopped: boolean;
  readonly axe: AxeReading | null;
  readonly controls: readonly PageControl[] | null;
  /** Frames that show content of their own: they are not looked into. */
  readonly frames: number;
  readonly use: ControlUse | null;
  readonly html: Uint8Array | null;
  readonly picture: Picture | null;
}

/**
 * Looks at one home page for accessibility and its ageing-friendly version: `look` is given to the browser, then `facts` says
 * what was found and `kept` what is to be kept as evidence.
 */
export class HomeLook {
  #seen: Seen | null = null;

  readonly look = async (open: OpenPage): Promise<void> => {
    const isStopped = open.isStopped();
    const axe = isStopped ? null : await runAxe(open, AXE_RULES);
    const frames = (await countFrames(open)) ?? 1;
    const controls = await findControls(open, AGEING_WORDS);
    const entry = ageingEntries(controls ?? [])[0];
    const control = controls?.find(({ selector }) => selector === entry?.selector);
    const use = control && !isStopped ? await tryControl(open, control) : null;
    const isSeen = use !== null && use.after !== null;
    this.#seen = {
      ...{ isStopped, axe, controls, frames, use },
      html: isSeen ? await documentNow(open) : null,
      picture: isSeen ? await takePicture(open.session, open.limits) : null,
    };
  };

  facts(result: RenderResult): {
    readonly accessibility: Fact<AccessibilityView>;
    readonly ageing: Fact<AgeingView>;
  } {
    const reason =
      result.state === 'unobserved'
        ? result.reason
        : result.status >= 400
          ? `首页返回 ${result.status}`
          : null;
    const seen = this.#seen;
    if (reason !== null || seen === null || result.state !== 'rendered') {
      const unseen = unobserved(reason ?? '首页没有看完');
      return { accessibility: unseen, ageing: unseen };
    }
    return {
      accessibility: accessibilityOf(result, seen),
      ageing: ageingOf(seen, result.isWhole),
    };
  }

  /** The document and the picture of the version that an entry opened. */
  kept(result: RenderResult): readonly KeptBytes[] {
    if (result.state !== 'rendered') return [];
    const { html = null, picture = null, use } = this.#seen ?? {};
    const { renderedAt: at, browser: maker } = result;
    return keptOf({ url: use?.after?.url ?? result.finalUrl, html, picture, at, maker });
  }
}

function accessibilityOf(
  result: Extract<RenderResult, { state: 'rendered' }>,
  { axe, isStopped, frames }: Seen,
): Fact<AccessibilityView> {
  if (axe === null)
    return unobserved(isStopped ? '首页的脚本被停止，没有做无障碍检查' : '无障碍检查没有做完');
  // A page that is nothing but frames has neither headings nor pictures of its own.
  if (frames > 0 && axe.isFrameset)
    return unobserved('首页由框架组成，框架里的内容没有做无障碍检查');
  return observed({
    url: result.finalUrl,
    html: sha256Hex(result.html),
    screenshot: screenshotOf(result.picture),
    engine: axe.engine,
    rules: accessibilityRules(axe),
  });
}

function ageingOf(seen: Seen, isWhole: boolean): Fact<AgeingView> {
  const { controls, use, html, picture, isStopped } = seen;
  if (controls === null) return unobserved('首页没有看完，入口没有找');
  const entries = ageingEntries(controls);
  if (entries.length === 0) {
    if (seen.frames > 0) return unobserved('首页有框架，入口可能在框架里');
    return isWhole ? absent : unobserved('首页有脚本或数据没有取到，入口可能由它们写出');
  }
  const switched = use
    ? ageingSwitch(use)
    : {
        result: 'undetermined' as const,
        reason: isStopped ? '首页的脚本被停止，入口没有使用' : '入口没有使用',
        url: '',
        fontBefore: null,
        fontAfter: null,
      };
  return observed({
    entries,
    switched: {
      ...switched,
      html: html === null ? null : sha256Hex(html),
      screenshot: screenshotOf(picture),
    },
    ads: use ? ageingAds(use) : null,
    mark: accessibilityMark(controls),
  });
}
