/**
 * What JSON does Graph want for this message? Pure; expects content that passed `validateContent`.
 * Source: Cloud API "send messages" and one page per message type.
 */
import type { MenuContent, OutboundContactCard, OutboundContent, OutboundMessage } from '../../model';
import { chooseMenuShape, DEFAULT_LIST_LABEL } from './menu';
import { recipientOf, type Recipient } from './recipient';
import { templatePart } from './template-payload';

export type GraphPayload = Record<string, unknown>;

/**
 * @param mediaId the id of an uploaded file, for content whose source is a stored blob
 * @returns null when the address is not one of the Cloud API
 */
export function buildPayload(message: OutboundMessage, mediaId?: string): GraphPayload | null {
	const recipient = recipientOf(message.address);
	return recipient && payloadFor(recipient, message, mediaId);
}

function payloadFor(recipient: Recipient, message: OutboundMessage, mediaId: string | undefined): GraphPayload {
	const { content, quotedProviderMessageId } = message;
	const payload: GraphPayload = {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...recipient,
		...typedPart(content, mediaId),
		biz_opaque_callback_data: message.id,
	};
	// A reaction names its message itself and is refused with a context.
	if (quotedProviderMessageId && content.type !== 'reaction') payload.context = { message_id: quotedProviderMessageId };
	return payload;
}

function typedPart(content: OutboundContent, mediaId: string | undefined): GraphPayload {
	switch (content.type) {
		case 'text':
			return textPart(content.text, content.previewUrl ?? false);
		case 'menu':
			return menuPart(content);
		case 'media':
			return mediaPart(content, mediaId);
		case 'location': {
			const { latitude, longitude, name, address } = content;
			return { type: 'location', location: { latitude, longitude, ...defined({ name, address }) } };
		}
		case 'contacts':
			return { type: 'contacts', contacts: content.contacts.map(contactCard) };
		case 'reaction':
			return { type: 'reaction', reaction: { message_id: content.messageId, emoji: content.emoji } };
		case 'template':
			return templatePart(content, mediaId);
	}
}

function textPart(body: string, previewUrl: boolean): GraphPayload {
	return { type: 'text', text: { body, preview_url: previewUrl } };
}

function menuPart(menu: MenuContent): GraphPayload {
	const { shape } = chooseMenuShape(menu);
	if (shape === 'text') return textPart(menu.plainText, false);
	const common = {
		...(menu.header ? { header: { type: 'text', text: menu.header } } : {}),
		body: { text: menu.body },
		...(menu.footer ? { footer: { text: menu.footer } } : {}),
	};
	const action = shape === 'buttons' ? buttonsAction(menu) : listAction(menu);
	return { type: 'interactive', interactive: { type: shape === 'buttons' ? 'button' : 'list', ...common, action } };
}

function buttonsAction(menu: MenuContent): GraphPayload {
	return { buttons: menu.options.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) };
}

/** One section; its title is always given because some clients insist on it. */
function listAction(menu: MenuContent): GraphPayload {
	const rows = menu.options.map(({ id, title, description }) => ({ id, title, ...defined({ description }) }));
	return { button: menu.buttonLabel || DEFAULT_LIST_LABEL, sections: [{ title: 'Opções', rows }] };
}

function mediaPart(content: Extract<OutboundContent, { type: 'media' }>, mediaId: string | undefined): GraphPayload {
	const { mediaType, source, caption, fileName, voice } = content;
	const file =
		'link' in source ? { link: source.link } : { id: 'providerMediaId' in source ? source.providerMediaId : mediaId };
	const takesCaption = mediaType === 'image' || mediaType === 'video' || mediaType === 'document';
	return {
		type: mediaType,
		[mediaType]: {
			...file,
			...(takesCaption ? defined({ caption }) : {}),
			...(mediaType === 'document' ? defined({ filename: fileName }) : {}),
			...(mediaType === 'audio' && voice ? { voice: true } : {}),
		},
	};
}

function contactCard(card: OutboundContactCard): GraphPayload {
	return {
		// Graph wants one more part of the name besides the formatted one.
		name: { formatted_name: card.name, first_name: card.name },
		phones: card.phones.map(({ phone, type }) => ({ phone, ...defined({ type }) })),
		...(card.emails?.length ? { emails: card.emails.map(({ email, type }) => ({ email, ...defined({ type }) })) } : {}),
		...(card.organization ? { org: { company: card.organization } } : {}),
	};
}

/** Graph refuses empty strings where a field may be left out. */
function defined(fields: Record<string, string | undefined>): GraphPayload {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
}
