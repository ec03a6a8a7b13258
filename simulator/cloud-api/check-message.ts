import { checkInteractive } from './check-interactive';
import { first, invalid, isObject, type Json, listOf, missing, optionalText, textOf, webUrl } from './checks';
import type { Problem } from './errors';

/** May this message be sent at all? What can be judged from the request alone (cloud-api.md §1). */
export function checkMessage(body: Json): Problem | null {
	const type = body.type === undefined ? 'text' : body.type;
	if (typeof type !== 'string') return invalid("Param 'type' must be a string.", 100);
	const check = CHECKS[type];
	if (!check) return { code: 131051, details: `Message type '${type}' is not supported.` };
	return first(checkCommon(body), check(body[type], body));
}

/** What every POST to /messages needs, read receipts included. */
export function checkProduct(body: Json): Problem | null {
	if (body.messaging_product === 'whatsapp') return null;
	return body.messaging_product === undefined
		? { code: 100, details: 'The parameter messaging_product is required.' }
		: { code: 100, details: "Param messaging_product must be 'whatsapp'." };
}

const CHECKS: Record<string, (part: unknown, body: Json) => Problem | null> = {
	text: checkText,
	image: (part) => checkMedia(part, 'image', true),
	video: (part) => checkMedia(part, 'video', true),
	audio: (part) => checkMedia(part, 'audio', false),
	document: (part) => checkMedia(part, 'document', true),
	sticker: (part) => checkMedia(part, 'sticker', false),
	location: checkLocation,
	contacts: checkContacts,
	reaction: checkReaction,
	interactive: checkInteractive,
	template: checkTemplate,
};

function checkCommon(body: Json): Problem | null {
	const { to, recipient, context } = body;
	return first(
		body.recipient_type !== undefined &&
			body.recipient_type !== 'individual' &&
			invalid("Param recipient_type must be 'individual'.", 100),
		to === undefined && recipient === undefined && { code: 100, details: 'The parameter to is required.' },
		to !== undefined && (typeof to !== 'string' || to === '') && invalid("Param 'to' must be a phone number.", 100),
		recipient !== undefined &&
			typeof recipient !== 'string' &&
			invalid("Param 'recipient' must be a business-scoped user id.", 100),
		optionalText(body.biz_opaque_callback_data, 'biz_opaque_callback_data', 512, 100),
		context !== undefined &&
			(!isObject(context) || typeof context.message_id !== 'string') &&
			missing('context.message_id'),
	);
}

function checkText(part: unknown): Problem | null {
	return isObject(part) ? textOf(part.body, 'text.body', 4_096, 100) : missing('text');
}

function checkMedia(part: unknown, type: string, captioned: boolean): Problem | null {
	if (!isObject(part)) return missing(type);
	if (part.id === undefined && part.link === undefined) return missing(`${type}.id`);
	return first(
		part.id !== undefined && part.link !== undefined && invalid(`Give either '${type}.id' or '${type}.link'.`, 100),
		part.link !== undefined && webUrl(part.link, `${type}.link`),
		part.id !== undefined && typeof part.id !== 'string' && invalid(`Param '${type}.id' must be a string.`, 100),
		part.caption !== undefined && !captioned && invalid(`Param '${type}.caption' is not allowed.`, 100),
		captioned && part.caption !== '' && optionalText(part.caption, `${type}.caption`, 1_024, 100),
		part.filename !== undefined && type !== 'document' && invalid(`Param '${type}.filename' is not allowed.`, 100),
	);
}

function checkLocation(part: unknown): Problem | null {
	if (!isObject(part)) return missing('location');
	return first(degrees(part.latitude, 'location.latitude', 90), degrees(part.longitude, 'location.longitude', 180));
}

// Meta's own samples give them as strings too.
function degrees(value: unknown, name: string, max: number): Problem | null {
	if (value === undefined) return missing(name);
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Math.abs(number) <= max
		? null
		: invalid(`Param '${name}' must be decimal degrees between -${max} and ${max}.`);
}

function checkContacts(part: unknown): Problem | null {
	const wrong = listOf(part, 'contacts', 1, 257);
	if (wrong) return wrong;
	for (const [index, contact] of (part as unknown[]).entries()) {
		const name = isObject(contact) && isObject(contact.name) ? contact.name : null;
		if (!isObject(contact) || !name) return missing(`contacts[${index}].name`);
		const problem = first(
			textOf(name.formatted_name, `contacts[${index}].name.formatted_name`, 1_024),
			Object.keys(name).length < 2 &&
				invalid(`contacts[${index}].name needs formatted_name and at least one other name field.`),
			contact.birthday !== undefined &&
				!/^\d{4}-\d{2}-\d{2}$/.test(String(contact.birthday)) &&
				invalid(`Param 'contacts[${index}].birthday' must be YYYY-MM-DD.`),
		);
		if (problem) return problem;
	}
	return null;
}

function checkReaction(part: unknown, body: Json): Problem | null {
	if (!isObject(part)) return missing('reaction');
	return first(
		textOf(part.message_id, 'reaction.message_id', 512),
		typeof part.emoji !== 'string' && missing('reaction.emoji'),
		body.context !== undefined && invalid('A reaction cannot carry a context.', 100),
	);
}

function checkTemplate(part: unknown): Problem | null {
	if (!isObject(part)) return missing('template');
	const language = isObject(part.language) ? part.language : {};
	return first(
		textOf(part.name, 'template.name', 512),
		typeof part.name === 'string' &&
			!/^[a-z0-9_]+$/.test(part.name) &&
			invalid("Param 'template.name' may have lower-case letters, digits and _ only.", 100),
		textOf(language.code, 'template.language.code', 10),
		part.components !== undefined && listOf(part.components, 'template.components', 0, 20),
		Array.isArray(part.components) && checkComponents(part.components),
	);
}

function checkComponents(components: unknown[]): Problem | null {
	for (const [index, component] of components.entries()) {
		const name = `template.components[${index}]`;
		const type = isObject(component) ? String(component.type).toLowerCase() : '';
		if (!isObject(component) || !['header', 'body', 'button'].includes(type)) {
			return invalid(`Param '${name}.type' must be header, body or button.`);
		}
		const problem = first(
			component.parameters !== undefined && listOf(component.parameters, `${name}.parameters`, 0, 100),
			type === 'button' && component.sub_type === undefined && missing(`${name}.sub_type`),
			type === 'button' && component.index === undefined && missing(`${name}.index`),
		);
		if (problem) return problem;
	}
	return null;
}
