import { Parser } from 'htmlparser2';

/** Elements of a message: text by name, below what they stand in: `PublishEventInfo/article_id`. The first of a name counts. */
export type XmlFields = ReadonlyMap<string, string>;

const ELEMENTS_MAX = 500;
const DEPTH_MAX = 8;
const PREDEFINED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/**
 * The fields of a callback's XML, or null for what no callback is: a document type, an entity of its own, anything nested deeper or
 * longer than a message is. Nothing is expanded but the five predefined entities (XML 1.0 §4.6).
 */
export function readXml(text: string): XmlFields | null {
  const fields = new Map<string, string>();
  const path: string[] = [];
  let [elements, isBad] = [0, false];
  let [words, isVerbatim] = ['', false];
  const parser = new Parser(
    {
      onopentag(name) {
        path.push(name);
        words = '';
        elements += 1;
        if (elements > ELEMENTS_MAX || path.length > DEPTH_MAX) isBad = true;
      },
      ontext(piece) {
        words += isVerbatim ? piece : decode(piece);
      },
      onclosetag() {
        const name = path.slice(1).join('/');
        if (name !== '' && !fields.has(name)) fields.set(name, words.trim());
        path.pop();
        words = '';
      },
      oncdatastart() {
        isVerbatim = true;
      },
      oncdataend() {
        isVerbatim = false;
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) isBad = true;
      },
    },
    // Entities are decoded here and nowhere else.
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(text);
  return isBad || path.length > 0 || elements === 0 ? null : fields;
}

const decode = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|amp|quot|apos);/g, (entity) => PREDEFINED[entity] ?? entity);
