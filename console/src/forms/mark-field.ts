import type { FormInstance } from 'antd';
import type { ApiError } from '../api/api-error.ts';

/** Marks the field that the server refused and puts the cursor there. */
export function markField(form: FormInstance, error: ApiError): void {
  if (error.field === null || form.getFieldInstance(error.field) === undefined) return;
  form.setFields([{ name: error.field, errors: [error.message] }]);
  form.focusField(error.field);
}
