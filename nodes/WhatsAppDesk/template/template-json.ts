/** How does a template leave the node? */
import type { IDataObject } from 'n8n-workflow';
import { templateFields } from '../../../engine/index';
import type { Template } from '../../../engine/model-template';

/** All of it, and `fields`: the values it takes when it is sent. */
export function templateJson(template: Template): IDataObject {
	const { header, body, buttons, ...rest } = template;
	return {
		...rest,
		header: header && { ...header },
		body: { ...body },
		buttons: buttons.map((button) => ({ ...button })),
		fields: templateFields(template).map((field) => ({ ...field })),
	} as unknown as IDataObject;
}
