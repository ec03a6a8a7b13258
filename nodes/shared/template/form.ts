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

/** In reading order: header, body, buttons. */
export function formOf(template: Template): FormField[] {
	const texts = templateFields(template).map(({ key, label, example, required }): FormField => {
		const shown = example === null || example === '' ? label : `${label} (e.g. ${example})`;
		return { key, label: shown, required, extra: !required };
	});
	return [...headerFields(template), ...texts];
}

function headerFields({ header }: Template): FormField[] {
	switch (header?.type) {
		case 'image':
		case 'video':
		case 'document': {
			const kind = `Header ${KINDS[header.type]}`;
			const file = {
				key: FILE,
				label: `${kind}: Link or Input Binary Field`,
				required: true,
				default: DEFAULT_BINARY_FIELD,
			};
			if (header.type !== 'document') return [file];
			return [file, { key: FILE_NAME, label: `${kind}: File Name`, required: false, extra: true }];
		}
		case 'location':
			return [
				{ key: PLACE.latitude, label: 'Header Location: Latitude', required: true },
				{ key: PLACE.longitude, label: 'Header Location: Longitude', required: true },
				{ key: PLACE.name, label: 'Header Location: Place Name', required: false },
				{ key: PLACE.address, label: 'Header Location: Address', required: false },
			];
		default:
			return [];
	}
}

/** As n8n's form wants them. */
export function mapperFields(template: Template): ResourceMapperField[] {
	return formOf(template).map(({ key, label, required, extra, default: defaultValue }) => ({
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
