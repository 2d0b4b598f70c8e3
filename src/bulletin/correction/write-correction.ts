import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { writeOfficialHtml } from '../../documents/write-official-html.ts';
import type { Correction } from './correction.repository.ts';
import { correctionForm } from './correction.ts';

export const CORRECTION_FILES = ['correction.docx', 'correction.html'] as const;

/** The printed notice; the same notice is the same bytes whenever it is asked for. */
export async function writeCorrection(
  { content, issuedAt }: Correction,
  name: (typeof CORRECTION_FILES)[number],
): Promise<Buffer> {
  const form = correctionForm(content, issuedAt !== null);
  return Buffer.from(
    name === 'correction.docx' ? await writeOfficialDocx(form) : writeOfficialHtml(form),
  );
}
