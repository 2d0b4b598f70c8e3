import { strFromU8, strToU8, zipSync } from 'fflate';

const CORE = 'docProps/core.xml';
const STAMP = '2000-01-01T00:00:00Z';
const ZIP_TIME = new Date(2000, 0, 1);

/** Packs the parts of an office document. The same document is the same bytes whenever it is written: its dates stand in its text. */
export function zipWithFixedTimes(parts: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const core = parts[CORE];
  const fixed = core && {
    [CORE]: strToU8(
      strFromU8(core).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${STAMP}`),
    ),
  };
  return zipSync({ ...parts, ...fixed }, { mtime: ZIP_TIME, level: 6 });
}
