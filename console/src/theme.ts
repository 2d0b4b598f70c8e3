import type { ThemeConfig } from 'antd';

/** One accent, a government blue; red, amber and green only ever mean failing, doubtful and passing. */
export const COLOURS = {
  accent: '#1750a6',
  ink: '#1f2933',
  quiet: '#56616e',
  line: '#dde3ea',
  ground: '#f3f5f8',
  good: '#1a7345',
  bad: '#b42318',
  warn: '#8a5300',
} as const;

const FONTS =
  '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: COLOURS.accent,
    colorLink: COLOURS.accent,
    // antd's own hover is lighter than WCAG AA allows on a white ground.
    colorLinkHover: '#123f85',
    colorInfo: COLOURS.accent,
    colorSuccess: COLOURS.good,
    colorError: COLOURS.bad,
    colorWarning: '#b06d00',
    // antd would mix these from our dark tones, and mix them grey.
    colorSuccessBg: '#e7f4ec',
    colorErrorBg: '#fcebea',
    colorWarningBg: '#fdf2df',
    colorInfoBg: '#e8eff9',
    colorText: COLOURS.ink,
    // antd's own greys for these are below the contrast of WCAG AA on our ground.
    colorTextSecondary: COLOURS.quiet,
    colorTextTertiary: COLOURS.quiet,
    colorTextDescription: COLOURS.quiet,
    colorTextPlaceholder: '#6b7683',
    colorBorder: '#c3ccd6',
    colorBorderSecondary: COLOURS.line,
    borderRadius: 4,
    fontFamily: FONTS,
    fontSize: 14,
    controlHeight: 32,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: {
      cellPaddingBlock: 8,
      cellPaddingBlockMD: 8,
      cellPaddingInline: 12,
      headerBg: '#f7f9fb',
      headerColor: COLOURS.quiet,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};
