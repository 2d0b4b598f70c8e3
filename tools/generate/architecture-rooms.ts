import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOMS } from '../rooms.ts';
import { ROOT } from '../source-files.ts';

const BEGIN = '<!-- rooms:begin (npm run generate) -->';
const END = '<!-- rooms:end -->';

/** ARCHITECTURE.md with its copy of the rooms table made anew. */
export async function architectureRooms(): Promise<string> {
  const text = await readFile(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1] ?? '';
  const rows = ROOMS.map(
    (room) =>
      `| \`${room.path}\` | ${room.may.length === 0 ? '—' : room.may.map((each) => `\`${each}\``).join(' ')} | ${room.why} |`,
  );
  return (
    [
      before?.trimEnd(),
      '',
      BEGIN,
      '| room | may import | what it is |',
      '| --- | --- | --- |',
      ...rows,
      END,
    ].join('\n') + after
  );
}
