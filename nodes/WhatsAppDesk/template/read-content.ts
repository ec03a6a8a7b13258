/** How are the fields of a template read? What is not given stays as in `base`; nothing is sent anywhere. */
import { UserError } from 'n8n-workflow';
import type { DraftButton, DraftHeader, DraftTexts } from '../../../engine/index';
import type { DeskCall } from '../desk-operation';

export interface Content {
	texts: DraftTexts;
	/** Input field of a sample for the header, still to be handed in. */
	sample: { field: string; mediaType: 'image' | 'video' | 'document' } | null;
}

/** Stands for the handle of a sample until it is handed in. */
export const SAMPLE_TO_COME = 'sample';

/** @param where '' for fields of their own, 'updateFields.' for a collection; `given` tells which are filled in */
export function readContent(
	{ params }: DeskCall,
	where: string,
	given: (name: string) => boolean,
	base: DraftTexts,
): Content {
	const text = (name: string) => params.text(where + name);
	const texts: DraftTexts = { ...base };
	if (given('category')) texts.category = text('category') === 'marketing' ? 'marketing' : 'utility';
	if (given('body')) texts.body = text('body');
	if (given('examples')) {
		const rows = params.rows<{ variable?: unknown; text?: unknown }>(`${where}examples`, 'example');
		texts.examples = {
			...base.examples,
			...Object.fromEntries(rows.map((row) => [bare(row.variable), word(row.text)])),
		};
	}
	if (given('footer')) texts.footer = text('footer');
	if (given('buttons')) {
		texts.buttons = params.rows<Record<string, unknown>>(`${where}buttons`, 'button').map(buttonOf);
	}
	const { header, sample } = readHeader(text, given, base.header);
	texts.header = header;
	return { texts, sample };
}

function readHeader(
	text: (name: string) => string,
	given: (name: string) => boolean,
	base: DraftHeader | null,
): { header: DraftHeader | null; sample: Content['sample'] } {
	const type = given('headerType') ? text('headerType') : (base?.type ?? (given('headerText') ? 'text' : 'none'));
	switch (type) {
		case 'none':
			return { header: null, sample: null };
		case 'location':
			return { header: { type }, sample: null };
		case 'text': {
			const before = base?.type === 'text' ? base : { text: '', example: '' };
			const own = given('headerText') ? text('headerText') : before.text;
			const example = given('headerExample') ? text('headerExample') : before.example;
			return { header: { type, text: own, example }, sample: null };
		}
		case 'image':
		case 'video':
		case 'document': {
			const field = given('headerFile') ? text('headerFile') : '';
			const isHandle = /^\d+::/.test(field);
			const kept = base?.type === type ? base.example : '';
			if (field === '' || isHandle) return { header: { type, example: field || kept }, sample: null };
			return { header: { type, example: SAMPLE_TO_COME }, sample: { field, mediaType: type } };
		}
		default:
			throw new UserError(`There is no header of the kind "${type}".`, { description: 'Choose one from the list.' });
	}
}

function buttonOf(row: Record<string, unknown>): DraftButton {
	const text = word(row.text);
	switch (row.type ?? 'quickReply') {
		case 'url':
			return { type: 'url', text, url: word(row.url), example: word(row.example) };
		case 'phoneNumber':
			return { type: 'phoneNumber', text, phone: word(row.phone) };
		case 'copyCode':
			return { type: 'copyCode', example: word(row.example) };
		default:
			return { type: 'quickReply', text };
	}
}

/** "{{1}}" → "1": people write the variable as it stands in the text. */
function bare(variable: unknown): string {
	return word(variable).replace(/^\{\{\s*|\s*\}\}$/g, '');
}

function word(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
