/** Which fields does the form of a template have? Texts, buttons, and what a header of another kind needs. Pure. */
import type { ResourceMapperField } from 'n8n-workflow';
import { templateFields } from '../../../engine/index';
import type { Template } from '../../../engine/model-template';

/** Keys of what is not a text of the template. */
export const FILE = 'header.file';
export const FILE_NAME = 'header.fileName';
export const PLACE = {
	latitude: 'header.latitude',
	longitude: 'header.longitude',
	name: 'header.placeName',
	address: 'header.address',
} as const;

export interface FormField {
	key: string;
	label: string;
	required: boolean;
	/** Shown only when asked for by "Add value". */
	extra?: boolean;
	default?: string;
}

/** The field of the item that a file is taken from when nothing else is said. */
export const DEFAULT_BINARY_FIELD = 'data';

const KINDS = { image: 'Image', video: 'Video', document: 'Document' } as const;

/** In reading order: header, body, buttons. Labels are short, because the panel cuts them off after some 25 letters. */
export function formOf(template: Template): FormField[] {
	const texts = templateFields(template).map(({ key, label, example, required }): FormField => {
		const common = { key, required, extra: !required };
		if (key.startsWith('button.')) return { ...common, label: buttonLabel(template, Number(key.split('.')[1])) };
		return { ...common, label: example ? `${label} (e.g. ${example})` : label };
	});
	return [...headerFields(template), ...texts];
}

const BUTTON_VALUES = { quickReply: 'Payload', url: 'Link End', copyCode: 'Code' } as Record<string, string>;

function buttonLabel({ buttons }: Template, index: number): string {
	const { type, text } = buttons[index]!;
	return `${BUTTON_VALUES[type] ?? 'Button'}: ${text}`;
}

function headerFields({ header }: Template): FormField[] {
	switch (header?.type) {
		case 'image':
		case 'video':
		case 'document': {
			const kind = KINDS[header.type];
			const label = `${kind}: Link or Field`;
			const file: FormField = { key: FILE, label, required: true, default: DEFAULT_BINARY_FIELD };
			if (header.type !== 'document') return [file];
			return [file, { key: FILE_NAME, label: `${kind}: File Name`, required: false, extra: true }];
		}
		case 'location':
			return [
				{ key: PLACE.latitude, label: 'Latitude', required: true },
				{ key: PLACE.longitude, label: 'Longitude', required: true },
				{ key: PLACE.name, label: 'Place Name', required: false },
				{ key: PLACE.address, label: 'Address', required: false },
			];
		default:
			return [];
	}
}

/** A form without fields looks broken in the editor; with one that is not shown it is just empty. */
const NOTHING: ResourceMapperField = {
	id: 'nothing',
	displayName: 'No Values',
	required: false,
	defaultMatch: false,
	display: false,
	type: 'string',
};

/** As n8n's form wants them. */
export function mapperFields(template: Template): ResourceMapperField[] {
	const fields = formOf(template);
	if (fields.length === 0) return [NOTHING];
	return fields.map(({ key, label, required, extra, default: defaultValue }) => ({
		id: key,
		displayName: label,
		required,
		removed: extra === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
		...(defaultValue === undefined ? {} : { defaultValue }),
	}));
}
