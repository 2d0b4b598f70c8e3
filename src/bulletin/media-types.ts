/** Media types of the files of a bulletin and of a correction, by their names. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'bulletin.json': 'application/json; charset=utf-8',
  'bulletin.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'bulletin.html': 'text/html; charset=utf-8',
  'annexes.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'bulletin.pdf': 'application/pdf',
  'correction.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'correction.html': 'text/html; charset=utf-8',
};
