/**
 * Taps on the lists and buttons of others, and such messages themselves: businesses send them, customers forward them.
 * This channel sends none (D-18), but a number may have been on another system before.
 */
import type { InboundContent } from '../../model';
import { isObject, textOf, type Json } from '../untrusted';
import { other, plain, type PartReader } from './content-parts';

/** A row of a list, a button, a quick reply of a template: one thing, a tapped option. */
export function readTap(part: Json): InboundContent | null {
	const row = isObject(part.singleSelectReply) ? textOf(part.singleSelectReply.selectedRowId) : null;
	const id = row ?? textOf(part.selectedButtonId) ?? textOf(part.selectedId);
	return menuReply(id, textOf(part.selectedDisplayText) ?? textOf(part.title));
}

/** The newer buttons answer with JSON, each kind under names of its own; a form that was filled in stays visible as `other`. */
export function readInteractiveReply(part: Json): InboundContent {
	const body = isObject(part.body) ? textOf(part.body.text) : null;
	const flow = isObject(part.nativeFlowResponseMessage) ? part.nativeFlowResponseMessage : {};
	const parameters = parsed(textOf(flow.paramsJson) ?? '');
	const id = textOf(parameters.id) ?? textOf(parameters.selected_row_id);
	const title = textOf(parameters.title) ?? textOf(parameters.display_text) ?? body;
	return (id === null ? null : menuReply(id, title)) ?? other('interactiveResponseMessage', body ?? '');
}

/** What a person reads of a message with buttons: its text. @param kind WhatsApp's name of it */
export function readOffer(kind: string): PartReader {
	return (part) => {
		const filled = [part.hydratedTemplate, part.hydratedFourRowTemplate, part.interactiveMessageTemplate].find(
			isObject,
		);
		const text = textIn(filled ?? part);
		return text === '' ? null : { ...plain('text', text), providerType: kind };
	};
}

function textIn(part: Json): string {
	const header = isObject(part.header) ? textOf(part.header.title) : null;
	const body = isObject(part.body) ? textOf(part.body.text) : null;
	const said = [
		header ?? textOf(part.hydratedTitleText) ?? textOf(part.title) ?? textOf(part.text),
		body ?? textOf(part.hydratedContentText) ?? textOf(part.contentText) ?? textOf(part.description),
	];
	return said.filter((each) => each !== null).join('\n\n');
}

function menuReply(id: string | null, title: string | null): InboundContent | null {
	if (id === null && title === null) return null;
	const reply = { id: id ?? title!, title: title ?? id! };
	return { type: 'menuReply', text: reply.title, reply, media: null };
}

function parsed(json: string): Json {
	try {
		const value: unknown = JSON.parse(json);
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}
