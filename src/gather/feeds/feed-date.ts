import { shanghaiInstant } from '../../lib/pure/dates.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Zone names of RFC 822 §5.1 in hours; others are numbers. `CST` on a Chinese site is China's, not Chicago's. */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  GMT: 0,
  UT: 0,
  UTC: 0,
  Z: 0,
  CST: 8,
  BJT: 8,
  EST: -5,
  EDT: -4,
  PST: -8,
  PDT: -7,
};

/**
 * A feed's date as an instant, or null. RFC 3339, RFC 822/1123 with their usual faults (one-digit days, two-digit years, no
 * weekday), Chinese forms, seconds or milliseconds since 1970. A missing zone means +08:00: the feeds are Chinese.
 */
export function parseFeedDate(raw: string): string | null {
  const text = raw.trim().replace(/\s+/g, ' ');
  return (
    fromNumber(text) ?? fromIso(text) ?? fromRfc822(text) ?? fromJava(text) ?? fromChinese(text)
  );
}

function fromNumber(text: string): string | null {
  if (!/^\d{10}(\d{3})?$/.test(text)) return null;
  return new Date(text.length === 10 ? Number(text) * 1000 : Number(text)).toISOString();
}

function fromIso(text: string): string | null {
  const match =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,3})?$/i.exec(
      text,
    );
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match;
  return atZone([year!, month!, day!, hour, minute, second], zone);
}

function fromRfc822(text: string): string | null {
  const match =
    /^(?:[A-Za-z]{3,9},?\s*)?(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{4}|\d{2})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*((?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,3})?(?: ?\([^()]{1,40}\))?)?$/i.exec(
      text,
    );
  if (!match) return null;
  const month = MONTHS.indexOf(match[2]!.toLowerCase()) + 1;
  if (month === 0) return null;
  const year = match[3]!.length === 2 ? `20${match[3]}` : match[3]!;
  return atZone(
    [year, String(month), match[1]!, match[4] ?? '00', match[5] ?? '00', match[6] ?? '00'],
    match[7],
  );
}

/** `Thu Sep 17 10:05:09 CST 2020`: what java.util.Date prints; with `+0800` in that place it is Weibo's. */
function fromJava(text: string): string | null {
  const match =
    /^[A-Z]{3} ([A-Z]{3}) (\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: ([A-Z]{3}|(?:GMT)?[+-]\d{2}:?\d{2}))? (\d{4})$/i.exec(
      text,
    );
  if (!match) return null;
  const month = MONTHS.indexOf(match[1]!.toLowerCase()) + 1;
  if (month === 0) return null;
  return atZone([match[7]!, String(month), match[2]!, match[3]!, match[4]!, match[5]!], match[6]);
}

function fromChinese(text: string): string | null {
  const match = /(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
  if (!match) return null;
  return atZone(
    [match[1]!, match[2]!, match[3]!, match[4] ?? '00', match[5] ?? '00', match[6] ?? '00'],
    undefined,
  );
}

function atZone(parts: readonly string[], zone: string | undefined): string | null {
  const [year, month, day, hour, minute, second] = parts.map((part) => part.padStart(2, '0')) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const local = shanghaiInstant(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
  if (local === null) return null;
  const hours = zoneHours(zone);
  return hours === null
    ? null
    : new Date(Date.parse(local) + (8 - hours) * 3_600_000).toISOString();
}

function zoneHours(zone: string | undefined): number | null {
  if (zone === undefined) return 8;
  const named = ZONE_HOURS[zone.toUpperCase()];
  if (named !== undefined) return named;
  const match = /^(?:GMT|UTC)?([+-])(\d{1,2}?)(?::?(\d{2}))?$/i.exec(zone);
  if (!match) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) + Number(match[3] ?? 0) / 60);
}
