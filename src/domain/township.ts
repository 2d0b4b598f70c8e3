/** 乡、镇、街道, alone or with the name of its government. */
const TOWNSHIP =
  /(?:乡|镇|苏木|街道)(?:人民政府|党工委|工委|办事处|街道办事处|党委政府|政府)?(?:办公室|党政办公室|党政综合办公室)?$/u;
/** Names of cities and of plain words that end like one. */
const NOT_TOWNSHIPS = /(?:景德镇|城乡|老乡|家乡|故乡|水乡|侨乡|城镇|村镇|重镇)$/u;

/**
 * Whether a unit's name is that of a township or a sub-district (乡镇、街道). 景德镇 and what is about 城乡 are none; a school or a
 * hospital of a township is not the township.
 */
export function isTownshipName(name: string): boolean {
  const text = name.trim();
  return TOWNSHIP.test(text) && !NOT_TOWNSHIPS.test(text);
}
