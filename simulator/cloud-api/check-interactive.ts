import { first, invalid, isObject, type Json, listOf, missing, optionalText, textOf, unique, webUrl } from './checks';
import type { Problem } from './errors';

/** May this interactive message be sent? Every documented limit of buttons, lists and links (cloud-api.md §1). */
export function checkInteractive(value: unknown): Problem | null {
	if (!isObject(value)) return missing('interactive');
	switch (value.type) {
		case 'button':
			return first(frame(value, 1_024, MEDIA_HEADERS), checkButtons(actionOf(value)));
		case 'list':
			return first(frame(value, 4_096, ['text']), checkList(actionOf(value)));
		case 'cta_url':
			return first(frame(value, 1_024, MEDIA_HEADERS), checkLink(actionOf(value)));
		case 'location_request_message':
			return first(
				frame(value, 1_024, []),
				actionOf(value).name !== 'send_location' && invalid("Param 'interactive.action.name' must be 'send_location'."),
			);
		case undefined:
			return missing('interactive.type');
		default:
			return invalid(`Param 'interactive.type' '${String(value.type)}' is not supported.`);
	}
}

const MEDIA_HEADERS = ['text', 'image', 'video', 'document'];

function actionOf(value: Json): Json {
	return isObject(value.action) ? value.action : {};
}

function frame(value: Json, bodyMax: number, headers: string[]): Problem | null {
	return first(
		checkHeader(value.header, headers),
		isObject(value.body) ? textOf(value.body.text, 'interactive.body.text', bodyMax) : missing('interactive.body'),
		isObject(value.footer) && textOf(value.footer.text, 'interactive.footer.text', 60),
		!isObject(value.action) && missing('interactive.action'),
	);
}

function checkHeader(header: unknown, allowed: string[]): Problem | null {
	if (header === undefined) return null;
	if (!isObject(header)) return invalid("Param 'interactive.header' must be an object.", 100);
	const type = String(header.type);
	if (!allowed.includes(type)) {
		return invalid(`Header type '${type}' is not allowed here; allowed: ${allowed.join(', ') || 'none'}.`);
	}
	if (type === 'text') return textOf(header.text, 'interactive.header.text', 60);
	const media = header[type];
	if (!isObject(media) || (media.id === undefined && media.link === undefined)) {
		return missing(`interactive.header.${type}.id`);
	}
	return null;
}

function checkButtons(action: Json): Problem | null {
	const wrong = listOf(action.buttons, 'interactive.action.buttons', 1, 3);
	if (wrong) return wrong;
	const replies = (action.buttons as unknown[]).map((button) =>
		isObject(button) && button.type === 'reply' && isObject(button.reply) ? button.reply : null,
	);
	for (const [index, reply] of replies.entries()) {
		const name = `interactive.action.buttons[${index}].reply`;
		const problem = reply
			? first(textOf(reply.id, `${name}.id`, 256), textOf(reply.title, `${name}.title`, 20))
			: missing(name);
		if (problem) return problem;
	}
	return first(
		unique(
			replies.map((reply) => reply?.id),
			'button id',
		),
		unique(
			replies.map((reply) => reply?.title),
			'button title',
		),
	);
}

function checkList(action: Json): Problem | null {
	const wrong = first(
		textOf(action.button, 'interactive.action.button', 20),
		listOf(action.sections, 'interactive.action.sections', 1, 10),
	);
	if (wrong) return wrong;
	const sections = action.sections as unknown[];
	const rows: Json[] = [];
	for (const [index, section] of sections.entries()) {
		const name = `interactive.action.sections[${index}]`;
		if (!isObject(section)) return missing(name);
		const problem = first(
			sections.length > 1 && section.title === undefined && missing(`${name}.title`),
			optionalText(section.title, `${name}.title`, 24),
			listOf(section.rows, `${name}.rows`, 1, 10),
		);
		if (problem) return problem;
		for (const [row, value] of (section.rows as unknown[]).entries()) {
			const rowProblem = checkRow(value, `${name}.rows[${row}]`);
			if (rowProblem) return rowProblem;
			rows.push(value as Json);
		}
	}
	if (rows.length > 10) return invalid(`A list may have 10 rows in all sections together, it has ${rows.length}.`);
	return unique(
		rows.map((row) => row.id),
		'row id',
	);
}

function checkRow(row: unknown, name: string): Problem | null {
	if (!isObject(row)) return missing(name);
	return first(
		textOf(row.id, `${name}.id`, 200),
		textOf(row.title, `${name}.title`, 24),
		// An empty description is the same as none.
		row.description !== '' && optionalText(row.description, `${name}.description`, 72),
	);
}

function checkLink(action: Json): Problem | null {
	const parameters = isObject(action.parameters) ? action.parameters : {};
	return first(
		action.name !== 'cta_url' && invalid("Param 'interactive.action.name' must be 'cta_url'."),
		textOf(parameters.display_text, 'interactive.action.parameters.display_text', 20),
		webUrl(parameters.url, 'interactive.action.parameters.url'),
	);
}
