/**
 * What does Baileys want for this message? What a linked device cannot show is sent in its plainest form, and a hint says so:
 * menus as numbered text, always (C-18, D-18), templates as the text they make. What cannot be sent is refused with what to do.
 */
import type { AnyMessageContent } from '@whiskeysockets/baileys';
import type { OutboundContent } from '../../model';
import type { TemplateContent } from '../../model-template';
import { checkContacts, checkLocation, checkReaction, checkText } from '../content-checks';
import type { MediaReader } from '../port';
import type { Refusal } from '../refusal';
import { buildFile, type FileToSend } from './build-file';
import { fetchLink } from './fetch-link';
import { LIMITS } from './limits';
import { writeVcard } from './vcard';

export type Built =
	{ type: 'ok'; content: AnyMessageContent; /** In Portuguese: what was simplified. */ hint?: string } | Refusal;

const MENU_HINT = 'O menu foi enviado como texto numerado, pois o WhatsApp Web não mostra botões nem listas.';
const TEMPLATE_HINT = 'O modelo foi enviado como mensagem comum, pois este número não usa modelos aprovados.';
const PREVIEW_HINT = 'O link foi enviado sem prévia, que só a API oficial mostra.';

/**
 * @param jid of the chat it goes to
 * @param fetch gets the file behind a link, which this channel has to upload itself
 */
export async function buildContent(
	content: OutboundContent,
	media: MediaReader,
	jid: string,
	fetch: typeof fetchLink = fetchLink,
): Promise<Built> {
	switch (content.type) {
		case 'text':
			return (
				checkText(content.text, 'A mensagem', LIMITS.text) ??
				textOnly(content.text, content.previewUrl && /https?:\/\//i.test(content.text) ? PREVIEW_HINT : undefined)
			);
		case 'menu':
			return (
				checkText(content.plainText, 'O menu em texto', LIMITS.text) ??
				textOnly(content.plainText, content.style === 'text' ? undefined : MENU_HINT)
			);
		case 'media':
			return buildFile(content, media, fetch);
		case 'location':
			return checkLocation(content.latitude, content.longitude) ?? { type: 'ok', content: placeOf(content) };
		case 'contacts':
			return checkContacts(content, LIMITS.contacts) ?? { type: 'ok', content: cardsOf(content) };
		case 'reaction': {
			const { messageId, emoji } = content;
			const key = { remoteJid: jid, id: messageId, fromMe: false };
			return checkReaction(content) ?? { type: 'ok', content: { react: { key, text: wellFormed(emoji) } } };
		}
		case 'template':
			return buildTemplate(content, media, fetch);
	}
}

/** `linkPreview: null`: without it Baileys would fetch the page behind the link. */
function textOnly(text: string, hint?: string): Built {
	return { type: 'ok', content: { text: wellFormed(text), linkPreview: null }, ...(hint && { hint }) };
}

/** Half of a surrogate pair cannot be written to the wire. */
function wellFormed(text: string): string {
	return Buffer.from(text).toString();
}

function placeOf(content: Extract<OutboundContent, { type: 'location' }>): AnyMessageContent {
	const { latitude, longitude, name, address } = content;
	return {
		location: {
			degreesLatitude: latitude,
			degreesLongitude: longitude,
			...(name && { name: wellFormed(name) }),
			...(address && { address: wellFormed(address) }),
		},
	};
}

function cardsOf({ contacts }: Extract<OutboundContent, { type: 'contacts' }>): AnyMessageContent {
	const cards = contacts.map((card) => ({ displayName: wellFormed(card.name), vcard: wellFormed(writeVcard(card)) }));
	const displayName = cards.length === 1 ? cards[0]!.displayName : `${cards.length} contatos`;
	return { contacts: { displayName, contacts: cards } };
}

/** Its file carries the text as a caption; a place goes into the text, for no message holds both. */
async function buildTemplate(content: TemplateContent, media: MediaReader, fetch: typeof fetchLink): Promise<Built> {
	const { header, options } = content;
	const parts = [content.text];
	if (options.length > 0) {
		parts.push(['Responda com uma destas opções:', ...options.map(({ title }) => `- ${title}`)].join('\n'));
	}
	if (header?.type === 'location') {
		const refusal = checkLocation(header.latitude, header.longitude);
		if (refusal) return refusal;
		const place = [header.name, header.address].filter(Boolean).join(', ');
		parts.push(`${place === '' ? '' : `${place}\n`}https://maps.google.com/?q=${header.latitude},${header.longitude}`);
	}
	const text = parts.filter((part) => part !== '').join('\n\n');
	const refusal = checkText(text, 'O modelo preenchido', LIMITS.text);
	if (refusal) return refusal;
	if (header?.type !== 'media') return textOnly(text, TEMPLATE_HINT);
	const file: FileToSend = { ...header, caption: text };
	const built = await buildFile(file, media, fetch, LIMITS.text);
	return built.type === 'ok' ? { ...built, hint: TEMPLATE_HINT } : built;
}
